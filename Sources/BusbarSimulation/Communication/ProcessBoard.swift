internal import BusbarEvents

/// The runs of all processes that are under way.
struct ProcessBoard: Sendable, Codable {
  /// A run that has not ended.
  struct Run: Sendable, Codable {
    var number: Int
    var step = 0
    var begun: SimulationTime
    var attempts = 0
    /// Copies of the step's message that are still on their way, or timers that will repeat it.
    var hopes = 0
  }

  /// Runs that wait for a message that got lost, with nothing left that could bring it again.
  struct Stranded: Sendable, Codable {
    var process: Int
    var run: Int
    var step: Int
  }

  /// For each process, in the order of their numbers.
  private var runs: [[Run]]
  /// The number of runs that each process has begun.
  private(set) var begun: [Int]
  private var ordinals: [Int]
  /// The latest stranded runs, of which a few are enough to name.
  private(set) var stranded: [Stranded] = []
  private(set) var strandedCount = 0

  init(count: Int) {
    begun = Array(repeating: 0, count: count)
    ordinals = begun
    runs = Array(repeating: [], count: count)
  }

  /// The number of the next event of a process.
  mutating func nextOrdinal(_ process: Int) -> Int {
    defer { ordinals[process] += 1 }
    return ordinals[process]
  }

  /// Begins a run and returns its number.
  mutating func begin(_ process: Int, at time: SimulationTime) -> Int {
    let number = begun[process]
    begun[process] += 1
    runs[process].append(Run(number: number, begun: time))
    return number
  }

  /// Changes a run at one of its steps; returns nil when it has gone on or ended already.
  mutating func update<Result>(
    _ process: Int, run: Int, step: Int, _ change: (inout Run) -> Result
  ) -> Result? {
    guard let place = place(process, run), runs[process][place].step == step else { return nil }
    return change(&runs[process][place])
  }

  /// Ends a run.
  mutating func end(_ process: Int, run: Int) {
    guard let place = place(process, run) else { return }
    runs[process].remove(at: place)
  }

  /// Ends a run for which there is no hope left.
  mutating func strand(_ process: Int, run: Int, step: Int) {
    end(process, run: run)
    strandedCount += 1
    if stranded.count == 20 { stranded.removeFirst() }
    stranded.append(Stranded(process: process, run: run, step: step))
  }

  private func place(_ process: Int, _ run: Int) -> Int? {
    var (low, high) = (0, runs[process].count)
    while low < high {
      let middle = (low + high) / 2
      if runs[process][middle].number < run { low = middle + 1 } else { high = middle }
    }
    return low < runs[process].count && runs[process][low].number == run ? low : nil
  }
}
