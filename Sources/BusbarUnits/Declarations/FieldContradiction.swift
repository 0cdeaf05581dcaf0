/// Values of one record that are sound one by one and do not go together.
public struct FieldContradiction: Sendable, Hashable {
  /// The field at fault; nil when the record as a whole is.
  public let field: FieldDeclaration?
  /// What is wrong.
  public let problem: String
  /// What to do about it.
  public let remedy: String

  /// Makes a contradiction; both texts are phrases without a final full stop.
  public init(_ field: (any DeclaredField)?, _ problem: String, remedy: String) {
    self.field = field?.declaration
    self.problem = problem
    self.remedy = remedy
  }
}
