internal import BusbarEvents
internal import Foundation

/// What a recorder knows at a checkpoint besides what is in the datasets.
struct RecorderState: Codable, Sendable {
  /// The next instant to record, in milliseconds since the start; nil when none is left.
  var nextRecording: Int64?
  /// The instants recorded since the last whole block.
  var instantsInBlock: Int
  /// The rows of each growing dataset.
  var rows: [RowCount]
  /// The sums of the hour and the day that have begun.
  var variables: VariableTables.State

  /// The state as bytes, in the binary format of property lists.
  func encoded() throws -> [UInt8] {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    return [UInt8](try encoder.encode(self))
  }

  init(decoding bytes: [UInt8]) throws {
    self = try PropertyListDecoder().decode(Self.self, from: Data(bytes))
  }

  init(
    nextRecording: SimulationTime?, instantsInBlock: Int, rows: [RowCount],
    variables: VariableTables.State
  ) {
    self.nextRecording = nextRecording?.milliseconds
    self.instantsInBlock = instantsInBlock
    self.rows = rows
    self.variables = variables
  }
}
