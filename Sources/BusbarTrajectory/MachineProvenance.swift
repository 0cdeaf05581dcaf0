internal import Foundation
internal import Glibc

/// What of the machine decides about the last bits of results: processor and C library.
public struct MachineProvenance: Sendable, Hashable {
  /// The feature level of the processor, such as `x86-64-v3`.
  public var cpuLevel: String
  /// The version of the C library, such as `glibc 2.36`; libm's functions change with it.
  public var libcVersion: String
  /// The setting by which a user switches variants of libm's functions off; empty for none.
  public var glibcTunables: String

  /// The machine on which this program runs.
  public static let current = MachineProvenance(
    cpuLevel: ProcessorLevel.current,
    libcVersion: systemLibcVersion,
    glibcTunables: ProcessInfo.processInfo.environment["GLIBC_TUNABLES"] ?? "")

  /// Such as `glibc 2.36`, as the C library names itself.
  private static var systemLibcVersion: String {
    let name = Int32(_CS_GNU_LIBC_VERSION)
    let length = confstr(name, nil, 0)
    guard length > 0 else { return "unknown" }
    var bytes = [CChar](repeating: 0, count: length)
    // SAFETY: the buffer has the length that the call before has asked for.
    unsafe confstr(name, &bytes, length)
    return String(
      decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// What differs from another machine, in words; empty when results agree in every bit.
  public func differences(from other: MachineProvenance) -> [String] {
    [
      ("processor level", cpuLevel, other.cpuLevel),
      ("C library", libcVersion, other.libcVersion),
      ("GLIBC_TUNABLES", glibcTunables, other.glibcTunables),
    ].compactMap { name, here, there in
      here == there ? nil : "\(name) \(named(here)) here, \(named(there)) there"
    }
  }

  private func named(_ text: String) -> String { text.isEmpty ? "unset" : "'\(text)'" }
}
