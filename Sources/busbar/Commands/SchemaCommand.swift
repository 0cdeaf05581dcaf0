import ArgumentParser
import BusbarScenario

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of scenario.yaml, for editors.",
    discussion: """
      Save it as busbar.schema.json beside a scenario and put this comment on the first line of \
      scenario.yaml:
      # yaml-language-server: $schema=./busbar.schema.json
      """)

  @Flag(help: "Print a reference of all keys for readers instead.")
  var markdown = false

  func run() throws {
    Terminal.print(
      markdown
        ? ScenarioReference.text(for: .standard) : ScenarioSchema.document(for: .standard).text)
  }
}
