public import BusbarDevices
public import BusbarGrid
public import BusbarUnits

/// A control of the network: what it measures, and what it moves.
public struct ControlInstallation: Sendable {
  /// The two kinds of control.
  public enum Equipment: Sendable {
    case regulator(RegulatorInstallation)
    case capacitor(CapacitorInstallation)
  }

  /// The user's name of the control.
  public var id: String
  /// What it is.
  public var equipment: Equipment

  /// Makes an installation.
  public init(id: String, _ equipment: Equipment) {
    self.id = id
    self.equipment = equipment
  }
}

/// Where a tap-changer regulator measures, and which taps it moves.
public struct RegulatorInstallation: Sendable {
  /// A pair of conductors of a bus.
  public struct Leg: Sendable, Hashable {
    /// The bus.
    public var bus: Index<Bus>
    /// The conductors, of which at least one reaches the bus.
    public var ends: ConductorPair

    /// Makes a leg.
    public init(bus: Index<Bus>, ends: ConductorPair) {
      self.bus = bus
      self.ends = ends
    }
  }

  /// The settings of the relay.
  public var settings: RegulatorSettings
  /// The transformer.
  public var transformer: Index<Branch>
  /// The winding that is measured, from 0.
  public var measuredWinding: Int
  /// The winding with the taps, from 0; it has a tap changer.
  public var tapWinding: Int
  /// Where the voltage is measured, when not at the winding.
  public var remote: Leg?

  /// Makes an installation that measures the winding with the taps.
  public init(settings: RegulatorSettings, transformer: Index<Branch>, winding: Int) {
    self.settings = settings
    self.transformer = transformer
    measuredWinding = winding
    tapWinding = winding
  }
}

/// Where a capacitor control measures, and which capacitor it switches.
public struct CapacitorInstallation: Sendable {
  /// What is monitored.
  public enum Monitored: Sendable, Hashable {
    /// The capacitor itself.
    case capacitor
    /// An end of a line, or a winding of a transformer, from 0.
    case branch(Index<Branch>, end: Int)
  }

  /// The settings of the control.
  public var settings: CapacitorSettings
  /// The capacitor.
  public var shunt: Index<Shunt>
  /// What is monitored.
  public var monitored: Monitored
  /// The bus whose voltage overrides the trigger; nil for the monitored one.
  public var overrideBus: Index<Bus>?

  /// Makes an installation.
  public init(settings: CapacitorSettings, shunt: Index<Shunt>, monitored: Monitored) {
    self.settings = settings
    self.shunt = shunt
    self.monitored = monitored
  }
}

/// Whether the controls of a simulation act.
public enum ControlMode: String, Sendable, CaseIterable {
  /// Taps and capacitors stay where they are.
  case idle
  /// Each operation happens at its own instant.
  case timed
}
