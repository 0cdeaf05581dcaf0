import Testing

@testable import BusbarReport

/// Texts as literals of Python.
struct PythonTextTests {
  @Test(arguments: [
    ("639", "\"639\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("\"\"\"", "\"\\\"\\\"\\\"\""),
    ("l1\nl2\r", "\"l1\\nl2\\U0000000d\""), ("M\u{fc}hle", "\"M\u{fc}hle\""),
    ("{x} %s $y$ #", "\"{x} %s $y$ #\""), ("\u{202e}abc", "\"\\U0000202eabc\""),
  ])
  func aLiteralCannotBeLeft(_ text: String, _ literal: String) {
    #expect(text.inPython == literal)
  }
}
