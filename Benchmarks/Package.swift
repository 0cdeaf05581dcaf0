// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "busbar-benchmarks",
  dependencies: [
    .package(name: "busbar", path: ".."),
    // Without its traits it needs no jemalloc; allocations have their own test in `swift test`.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "EuropeanLV",
      dependencies: [
        .product(name: "BusbarKit", package: "busbar"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/EuropeanLV",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "EventKernel",
      dependencies: [
        .product(name: "BusbarKit", package: "busbar"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/EventKernel",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "MeterDay",
      dependencies: [
        .product(name: "BusbarKit", package: "busbar"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/MeterDay",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
