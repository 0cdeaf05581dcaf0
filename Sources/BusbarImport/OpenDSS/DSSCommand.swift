/// What is done with a command of OpenDSS.
enum DSSCommand: Sendable {
  case new, edit, more, select, clear, set, redirect, compile, batchEdit, open, close, enable
  case disable, calculateVoltageBases, solve, busCoordinates, variable, changeFolder, setBase
  /// It only shows, plots, exports or samples.
  case ignored
  /// It changes the network in a way that is not repeated here.
  case unsupported

  /// Returns the command of a word or of the beginning of one; the first in OpenDSS's order wins.
  static func named(_ word: String) -> (command: DSSCommand, name: String)? {
    let key = word.lowercased()
    if let position = positions[key] { return (meaning(of: names[position]), names[position]) }
    guard !key.isEmpty, let name = names.first(where: { $0.hasPrefix(key) }) else { return nil }
    return (meaning(of: name), name)
  }

  private static func meaning(of name: String) -> DSSCommand {
    meanings[name] ?? (unsupportedNames.contains(name) ? .unsupported : .ignored)
  }

  /// All commands in OpenDSS's order.
  static let names: [String] = words(
    """
    new edit more m ~ select save show solve enable disable plot reset compile set dump open close
    // redirect help quit ? next panel sample clear about calcvoltagebases setkvbase buildy get
    init export fileedit voltages currents powers seqvoltages seqcurrents seqpowers losses
    phaselosses cktlosses allocateloads formedit totals capacity classes userclasses zsc zsc10
    zscrefresh ysc puvoltages varvalues varnames buscoords makebuslist makeposseq reduce
    interpolate alignfile top rotate vdiff summary distribute di_plot comparecases yearlycurves cd
    visualize closedi doscmd estimate reconductor _initsnap _solvenocontrol _samplecontrols
    _docontrolactions _showcontrolqueue _solvedirect _solvepflow addbusmarker uuids setloadandgenkv
    cvrtloadshapes nodediff rephase setbusxy updatestorage obfuscate latlongcoords batchedit
    pstcalc variable reprocessbuses clearbusmarkers relcalc var cleanup finishtimestep nodelist
    connect disconnect remove calcincmatrix calcincmatrix_o refine_buslevels calclaplacian
    exportoverloads exportvviolations zsc012 allpceatbus allpdeatbus totalpowers giscoords clearall
    comhelp newactor wait solveall abort clone
    """)

  private static let positions = Dictionary(
    uniqueKeysWithValues: names.enumerated().map { ($1, $0) })

  private static let meanings: [String: DSSCommand] = [
    "new": .new, "edit": .edit, "more": .more, "m": .more, "~": .more, "select": .select,
    "clear": .clear, "clearall": .clear, "set": .set, "redirect": .redirect, "compile": .compile,
    "batchedit": .batchEdit, "open": .open, "close": .close, "enable": .enable,
    "disable": .disable, "calcvoltagebases": .calculateVoltageBases, "solve": .solve,
    "solveall": .solve, "_solvenocontrol": .solve, "_solvedirect": .solve, "_solvepflow": .solve,
    "buscoords": .busCoordinates, "latlongcoords": .busCoordinates,
    "giscoords": .busCoordinates, "var": .variable, "cd": .changeFolder, "setkvbase": .setBase,
  ]

  private static let unsupportedNames: Set<String> = Set(
    words(
      """
      allocateloads makeposseq reduce rotate distribute estimate reconductor setloadandgenkv
      cvrtloadshapes rephase obfuscate remove connect disconnect clone newactor doscmd
      """))

  /// The options of `set` and `solve` in OpenDSS's order.
  static let options: [String] = words(
    """
    type element hour sec year frequency stepsize mode random number time class object circuit
    editor tolerance maxiterations h loadmodel loadmult normvminpu normvmaxpu emergvminpu
    emergvmaxpu %mean %stddev ldcurve %growth genkw genpf capkvar addtype allowduplicates zonelock
    ueweight lossweight ueregs lossregs voltagebases algorithm trapezoidal autobuslist controlmode
    tracecontrol genmult defaultdaily defaultyearly allocationfactors cktmodel pricesignal
    pricecurve terminal basefrequency harmonics maxcontroliter bus datapath keeplist reduceoption
    demandinterval %normal diverbose casename markercode nodewidth log recorder overloadreport
    voltexceptionreport cfactors showexport numallociterations defaultbasefrequency markswitches
    switchmarkercode daisysize marktransformers transmarkercode transmarkersize loadshapeclass
    earthmodel querylog markcapacitors markregulators markpvsystems markstorage capmarkercode
    regmarkercode pvmarkercode storemarkercode capmarkersize regmarkersize pvmarkersize
    storemarkersize neglectloady markfuses fusemarkercode fusemarkersize markreclosers
    reclosermarkercode reclosermarkersize registryupdate markrelays relaymarkercode relaymarkersize
    processtime totaltime steptime sampleenergymeters miniterations dssvisualizationtool keepload
    zmag seasonrating seasonsignal linetypes eventlogdefault longlinecorrection showreports numcpus
    numcores numactors activeactor cpu actorprogress parallel concatenatereports numanodes
    """)

  /// The options that belong to the program rather than to a circuit, and so outlive `clear`.
  static let lastingOptions: Set<String> = [
    "defaultbasefrequency", "earthmodel", "loadshapeclass", "allowduplicates",
  ]

  /// Returns the place of an option, for its name or the beginning of its name.
  static func position(ofOption name: String) -> Int? {
    let key = name.lowercased()
    if let position = options.firstIndex(of: key) { return position }
    return key.isEmpty ? nil : options.firstIndex { $0.hasPrefix(key) }
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
