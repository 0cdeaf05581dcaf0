import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

/// libm's functions differ in their last bits with the features of the processor.
///
/// On a day of the European feeder in double precision, glibc 2.36 without them changed 450 of the
/// 3.9 million voltage angles and 274 of the current angles, by at most 5.7e-14 degrees, through
/// atan2 alone; no event and no other variable.
struct ProcessorLevelTests {
  /// Switches the variants of libm that use fused multiplication off (glibc 2.33 and newer).
  private static let tunables = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"

  @Test func withoutFusedMultiplicationTheFileSaysSoAndValuesHoldToSevenDigits() throws {
    let place = try Workplace()
    _ = try place.run("--set", "record.precision=double", to: "a.h5")
    let other = try Command.busbar(
      ["run", "small", "-o", "b.h5", "-q", "--set", "record.precision=double"], in: place.folder,
      environment: ["GLIBC_TUNABLES": Self.tunables])
    #expect(other.exitCode == 0, "\(other.errors)")
    let (first, second) = try (ResultFile(place.url("a.h5")), ResultFile(place.url("b.h5")))
    #expect(first.reader.rootText("glibc_tunables") == nil)
    #expect(second.reader.rootText("glibc_tunables") == Self.tunables)
    for name in first.reader.variables.map(\.path) where name.hasPrefix("bus_voltage") {
      for (one, another) in zip(try first.values(name), try second.values(name)) {
        guard let one, let another else { continue }
        // The tolerance of the power flow is 1e-8 of the nominal voltage.
        #expect(abs(one - another) <= 1e-8 * max(abs(one), 180), "\(name)")
      }
    }
    let again = try place.busbar("reproduce", "b.h5")
    #expect(again.errors.contains("note: GLIBC_TUNABLES unset here, "), "\(again.errors)")
  }
}
