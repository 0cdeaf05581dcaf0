import Glibc
import Synchronization

/// Remembers that the user or the system asked the run to stop.
enum Interruption {
  private static let received = Atomic<Int32>(0)

  /// The signal that arrived, SIGINT, SIGTERM or SIGUSR1; nil while none did.
  static var signal: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// From now on the first of these signals is remembered; a second one ends the process at once.
  static func watch() {
    var watched = sigset_t()
    unsafe sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGUSR1] {
      Glibc.signal(number) { number in
        Interruption.received.store(number, ordering: .relaxed)
        Glibc.signal(number, SIG_DFL)
      }
      unsafe sigaddset(&watched, number)
    }
    // A program started by a thread that blocks signals, as those of libdispatch do, inherits that.
    unsafe pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }
}
