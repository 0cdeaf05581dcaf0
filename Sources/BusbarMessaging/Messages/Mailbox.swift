internal import DequeModule

/// What has arrived at a party and was not yet fetched, in the order of arrival.
public struct Mailbox<Content> {
  /// What happens to a message that arrives at a full mailbox.
  public enum Overflow: String, Hashable, Sendable, Codable, CaseIterable {
    /// The new one is lost.
    case rejectsNewest
    /// The oldest one makes room.
    case discardsOldest
  }

  /// The number of messages that fit in; nil for a mailbox without bounds.
  public let capacity: Int?
  /// What happens when it is full.
  public let overflow: Overflow
  /// The number of messages that were delivered, the lost ones included.
  public private(set) var deliveredCount = 0
  /// The number of messages that were lost because the mailbox was full.
  public private(set) var lostCount = 0
  private var contents = Deque<Content>()

  /// Makes an empty mailbox; a capacity is at least 1.
  public init(capacity: Int? = nil, overflow: Overflow = .rejectsNewest) {
    precondition(capacity ?? 1 >= 1, "A mailbox holds at least one message.")
    self.capacity = capacity
    self.overflow = overflow
    if let capacity { contents.reserveCapacity(capacity) }
  }

  /// The number of messages that wait.
  public var count: Int { contents.count }

  /// Whether none waits.
  public var isEmpty: Bool { contents.isEmpty }

  /// Puts a message behind the others; returns one that got lost by it, if any.
  ///
  /// O(1).
  @discardableResult
  public mutating func deliver(_ content: Content) -> Content? {
    deliveredCount += 1
    guard let capacity, contents.count >= capacity else {
      contents.append(content)
      return nil
    }
    lostCount += 1
    guard overflow == .discardsOldest else { return content }
    contents.append(content)
    return contents.removeFirst()
  }

  /// Takes the message that has waited longest; nil when none waits.
  ///
  /// O(1).
  public mutating func fetch() -> Content? { contents.popFirst() }

  /// Takes all messages that wait, in the order of arrival, as a poll does.
  ///
  /// O(n).
  public mutating func fetchAll() -> [Content] {
    defer { contents.removeAll(keepingCapacity: true) }
    return Array(contents)
  }
}

extension Mailbox: Sendable where Content: Sendable {}
extension Mailbox: Equatable where Content: Equatable {}
extension Mailbox: Hashable where Content: Hashable {}
extension Mailbox: Codable where Content: Codable {}
