import BusbarHDF5
import CHDF5Commit
import Glibc

/// A process that tests kill: it commits blocks of rows and announces each commit.
///
/// `CommitWriter FILE [blocks N] [disk] [size-limit BYTES] [FAULT CHANGE]` goes on with a file or
/// creates it. It prints `resumed K` when K blocks are there and `committed K` when block K is safe,
/// and before the latter `changes N`, the changes to the disk so far. It ends with status 73 after a
/// failed write, whose sentence goes to stderr. The process meets the fault at that change to the
/// disk: it dies after it (`dies-at`) or halfway (`dies-in`), or it is told that the disk failed,
/// once (`fails-at`) or for ever (`fails-from`).
@main struct CommitWriter {
  static func main() throws {
    let options = Options(CommandLine.arguments.dropFirst())
    if let limit = options.sizeLimit {
      signal(SIGXFSZ, SIG_IGN)
      var limits = rlimit(rlim_cur: limit, rlim_max: limit)
      // SAFETY: the structure outlives the call.
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
    }
    do throws(HDF5Error) {
      try write(options)
    } catch {
      say("\(error)", to: STDERR_FILENO)
      exit(73)
    }
  }

  private static func write(_ options: Options) throws(HDF5Error) {
    if let change = options.faultyChange { CHDF5Commit_meetFault(change, options.fault) }
    var blocks = try Blocks(options.path, isDurable: options.isDurable)
    say("resumed \(blocks.count)")
    while blocks.count < options.blocks {
      try blocks.append()
      say("changes \(CHDF5Commit_changeCount())")
      say("committed \(blocks.count)")
    }
    try blocks.close()
  }

  private static func say(_ line: String, to stream: Int32 = STDOUT_FILENO) {
    let bytes = Array("\(line)\n".utf8)
    // SAFETY: the array outlives the call.
    _ = unsafe Glibc.write(stream, bytes, bytes.count)
  }
}

/// What the command line asks for.
struct Options {
  let path: String
  var blocks = 8
  var isDurable = false
  var faultyChange: Int?
  var fault = CHDF5CommitDies
  var sizeLimit: UInt?

  private static func number(_ word: String) -> Int {
    guard let number = Int(word) else { preconditionFailure("'\(word)' is no number.") }
    return number
  }

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments[...]
    path = rest.removeFirst()
    while let word = rest.popFirst() {
      switch word {
      case "disk": isDurable = true
      case "blocks": blocks = Self.number(rest.removeFirst())
      case "dies-at": (fault, faultyChange) = (CHDF5CommitDies, Self.number(rest.removeFirst()))
      case "dies-in":
        (fault, faultyChange) = (CHDF5CommitDiesHalfway, Self.number(rest.removeFirst()))
      case "fails-at": (fault, faultyChange) = (CHDF5CommitFails, Self.number(rest.removeFirst()))
      case "fails-from":
        (fault, faultyChange) = (CHDF5CommitFailsFromThen, Self.number(rest.removeFirst()))
      case "size-limit": sizeLimit = UInt(Self.number(rest.removeFirst()))
      default: preconditionFailure("Unknown word '\(word)'")
      }
    }
  }
}
