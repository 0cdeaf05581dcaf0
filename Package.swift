// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is compiled under the same rules: Swift 6 mode (the default of these tools),
/// strict memory safety, explicit imports, and warnings that stop the build.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Packages that the targets may name; each stands here once.
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let complexNumbers = Target.Dependency.product(name: "ComplexModule", package: "swift-numerics")
let realNumbers = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

func layer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], excluding data: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "BusbarTestSupport"] + dependencies,
    exclude: data, swiftSettings: strict)
}

// A target may depend only on targets above it in this list, and only where it needs to.
let package = Package(
  name: "busbar",
  products: [
    .executable(name: "busbar", targets: ["busbar"]),
    // For the nested packages; the layers are not a library for others yet.
    .library(
      name: "BusbarKit",
      targets: [
        "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarMessaging",
        "BusbarDevices", "BusbarOperator", "BusbarSimulation", "BusbarTrajectory",
        "BusbarScenario",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", path: "Sources/CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(
      name: "CHDF5", path: "Sources/CHDF5", pkgConfig: "hdf5-serial",
      providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CKLU", path: "Sources/CKLU", providers: [.apt(["libsuitesparse-dev"])]),
    layer("BusbarUnits", ["CGSL", complexNumbers, realNumbers]),
    layer("BusbarEvents", ["CGSL", realNumbers]),
    layer("BusbarGrid", [complexNumbers, realNumbers, "BusbarUnits"]),
    layer("BusbarPowerFlow", ["CKLU", complexNumbers, realNumbers, "BusbarUnits", "BusbarGrid"]),
    layer("BusbarMessaging", ["CGSL", deque, "BusbarUnits", "BusbarEvents"]),
    layer("BusbarDevices", [complexNumbers, "BusbarUnits", "BusbarEvents", "BusbarMessaging"]),
    layer("BusbarOperator", ["BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarDevices"]),
    layer(
      "BusbarSimulation",
      [
        "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarMessaging",
        "BusbarDevices", "BusbarOperator",
      ]),
    .target(name: "CHDF5Commit", dependencies: ["CCrypto", "CHDF5"]),
    layer("BusbarHDF5", ["CHDF5", "CHDF5Commit"]),
    layer(
      "BusbarTrajectory",
      [
        "CCrypto", "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow",
        "BusbarMessaging", "BusbarDevices", "BusbarOperator", "BusbarSimulation", "BusbarHDF5",
      ]),
    layer(
      "BusbarScenario",
      [
        yaml, "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarMessaging",
        "BusbarDevices", "BusbarOperator", "BusbarSimulation", "BusbarTrajectory",
      ]),
    layer(
      "BusbarImport",
      [complexNumbers, realNumbers, "BusbarUnits", "BusbarGrid", "BusbarScenario"]),
    layer(
      "BusbarReport", [subprocess, "BusbarEvents", "BusbarMessaging", "BusbarTrajectory"]),
    .executableTarget(
      name: "busbar",
      dependencies: [
        arguments, complexNumbers, "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow",
        "BusbarMessaging", "BusbarDevices",
        "BusbarSimulation", "BusbarTrajectory", "BusbarScenario", "BusbarImport", "BusbarReport",
      ], swiftSettings: strict),

    .target(
      name: "BusbarTestSupport",
      dependencies: [
        "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarDevices",
        "BusbarSimulation",
      ], path: "Tests/BusbarTestSupport", swiftSettings: strict),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    tests(of: "BusbarUnits"),
    tests(of: "BusbarEvents", ["CGSL", "CAllocationCount"]),
    tests(of: "BusbarGrid", ["BusbarUnits", complexNumbers]),
    tests(
      of: "BusbarPowerFlow",
      ["BusbarUnits", "BusbarGrid", "CAllocationCount", complexNumbers]),
    tests(of: "BusbarMessaging", ["BusbarUnits", "BusbarEvents", "CAllocationCount"]),
    tests(of: "BusbarDevices", ["BusbarUnits", "BusbarEvents", "BusbarMessaging"]),
    tests(
      of: "BusbarOperator",
      ["BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarMessaging", "BusbarDevices"]),
    tests(
      of: "BusbarSimulation",
      ["BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarDevices"]),
    .executableTarget(
      name: "CommitWriter", dependencies: ["CHDF5Commit", "BusbarHDF5"],
      path: "Tests/CommitWriter", swiftSettings: strict),
    tests(of: "BusbarHDF5", ["CommitWriter"]),
    tests(
      of: "BusbarTrajectory",
      [
        "BusbarEvents", "BusbarGrid", "BusbarPowerFlow", "BusbarDevices", "BusbarSimulation",
        "BusbarHDF5",
      ]),
    tests(
      of: "BusbarScenario",
      ["BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarDevices", "BusbarSimulation"]),
    tests(
      of: "BusbarImport",
      ["BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarSimulation", "BusbarScenario"]),
    tests(
      of: "BusbarReport",
      ["BusbarEvents", "BusbarGrid", "BusbarSimulation", "BusbarTrajectory"]),
    tests(
      of: "busbar",
      [
        "BusbarEvents", "BusbarMessaging", "BusbarSimulation", "BusbarHDF5", "BusbarScenario",
        "BusbarTrajectory", "BusbarReport",
      ], excluding: ["Help", "Plots"]),
    .testTarget(
      name: "ValidationTests",
      dependencies: [
        complexNumbers, "BusbarUnits", "BusbarEvents", "BusbarGrid", "BusbarPowerFlow",
        "BusbarSimulation", "BusbarScenario", "BusbarImport", "BusbarTestSupport",
      ], exclude: ["Cases", "Scripts"], swiftSettings: strict),
  ]
)
