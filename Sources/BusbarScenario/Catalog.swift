public import BusbarDevices
public import BusbarUnits

/// The kinds of devices that scenarios can name; one line registers a kind.
public struct Catalog: Sendable {
  /// What the scenario layer needs to know of a kind of device.
  public struct Kind: Sendable {
    /// The name used in scenario files.
    public let name: String
    /// The equations of the kind.
    public let model: any DeviceModel.Type
    /// The keys of one device.
    public let declaration: RecordDeclaration
    /// Gathers decoded devices into a fleet.
    let makeFleet: @Sendable ([(id: String, values: FieldValues)], ProfileLibrary) -> any Fleet

    init<Model: DeviceModel>(_ model: Model.Type) {
      name = model.kind
      self.model = model
      let common: [any DeclaredField] = [
        DeviceRecord.id, DeviceRecord.customer, DeviceRecord.phases, DeviceRecord.connection,
        DeviceRecord.legs,
      ]
      declaration = RecordDeclaration(
        model.kind, model.documentation, fields: common + model.fields)
      makeFleet = { devices, profiles in
        model.makeFleet(
          devices.map {
            FleetMember(id: $0.id, parameters: model.parameters($0.values, profiles))
          })
      }
    }
  }

  /// The kinds in the order of their names.
  public let kinds: [Kind]

  /// Makes a catalogue of models with different kinds.
  public init(_ models: any DeviceModel.Type...) {
    kinds = models.map { Kind($0) }.sorted { $0.name < $1.name }
    precondition(
      Set(kinds.map(\.name)).count == kinds.count, "A kind of device is registered twice.")
  }

  /// The kind of a name, or nil when it is not registered.
  public func kind(named name: String) -> Kind? { kinds.first { $0.name == name } }

  /// Every kind of device that Busbar has.
  public static let standard = Catalog(
    Load.self
  )
}
