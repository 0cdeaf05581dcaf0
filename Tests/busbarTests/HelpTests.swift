import BusbarTestSupport
import Testing

struct HelpTests {
  @Test func anUnknownVerbEndsWithTheExitCodeOfUsage() throws {
    let command = try Command.busbar(["rnu"])
    #expect(command.exitCode == 64)
    #expect(command.errors.contains("rnu"))
  }
}
