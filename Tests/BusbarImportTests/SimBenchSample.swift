import BusbarImport
import BusbarScenario
import BusbarTestSupport
import Foundation

/// A SimBench grid in memory: a source, a transformer, a feeder of two lines and an open loop.
struct SimBenchSample {
  var files: [String: String] = [
    "Node.csv": """
    id;type;vmSetp;vaSetp;vmR;vmMin;vmMax;substation;coordID;subnet;voltLvl
    MV Bus 1;busbar;1.025;0.0;20.0;0.9;1.1;;c1;MV;5
    MV Bus 1_1;auxiliary;;;20.0;0.9;1.1;;c1;MV;5
    LV Bus 1;busbar;;;0.4;0.9;1.1;;c1;LV;7
    LV Bus 1_1;auxiliary;;;0.4;0.9;1.1;;c1;LV;7
    LV Bus 1_2;auxiliary;;;0.4;0.9;1.1;;c1;LV;7
    LV Bus 2;busbar;;;0.4;0.9;1.1;;c2;LV;7
    LV Bus 2_1;auxiliary;;;0.4;0.9;1.1;;c2;LV;7
    LV Bus 3;busbar;;;0.4;0.9;1.1;;;LV;7
    LV Bus 3_1;auxiliary;;;0.4;0.9;1.1;;;LV;7
    LV coupler;auxiliary;;;0.4;0.9;1.1;;;LV;7

    """,
    "Coordinates.csv": "id;x;y;subnet;voltLvl\nc1;11.41;53.64;LV;7\nc2;11.42;53.65;LV;7\n",
    "ExternalNet.csv": """
    id;node;calc_type;dspf;pExtNet
    grid;MV Bus 1;vavm;1.0;

    """,
    "Line.csv": """
    id;nodeA;nodeB;type;length;loadingMax;subnet;voltLvl
    Line 1;LV Bus 1_1;LV Bus 2_1;cable;0.1;100.0;LV;7
    Line 2;LV Bus 1_2;LV Bus 3_1;cable;0.25;100.0;LV;7

    """,
    "LineType.csv":
      "id;r;x;b;iMax;type\ncable;0.2067;0.0804248;260.752;270.0;cable\nspare;1;1;0;1;ohl\n",
    "Switch.csv": """
    id;nodeA;nodeB;type;cond;substation;subnet;voltLvl
    Switch 1;MV Bus 1;MV Bus 1_1;CB;1;;MV;5
    Switch 2;LV Bus 1;LV Bus 1_1;LS;1;;LV;7
    Switch 3;LV Bus 1_2;LV Bus 1;LS;1;;LV;7
    Switch 4;LV Bus 2;LV Bus 2_1;LS;1;;LV;7
    Switch 5;LV Bus 3;LV Bus 3_1;LS;1;;LV;7
    Switch 6;LV Bus 2;LV coupler;LBS;1;;LV;7
    Switch 7;LV coupler;LV Bus 3;LBS;0;;LV;7

    """,
    "Transformer.csv": """
    id;nodeHV;nodeLV;type;tappos;autoTap;autoTapSide;loadingMax
    Trafo;MV Bus 1_1;LV Bus 1;0.25 MVA 20/0.4 kV Dyn5;-1;0;;100.0

    """,
    "TransformerType.csv": """
    id;sR;vmHV;vmLV;va0;vmImp;pCu;pFe;iNoLoad;tapable;tapside;dVm;dVa;tapNeutr;tapMin;tapMax
    0.25 MVA 20/0.4 kV Dyn5;0.25;20.0;0.4;150.0;6.0;3.25;0.875;0.5;1;HV;2.5;0.0;0;-2;2

    """,
    "Load.csv": """
    id;node;profile;pLoad;qLoad;sR;subnet;voltLvl
    Load 1;LV Bus 2;H0-A;0.05;0.02;0.054;LV;7
    Load 2;LV Bus 3;G0-A;0.03;0.01;0.032;LV;7

    """,
    "RES.csv": """
    id;node;type;profile;calc_type;pRES;qRES;sR;subnet;voltLvl
    SGen 1;LV Bus 3;PV;PV1;pq;0.04;-0.005;0.04;LV;7

    """,
    "Storage.csv": """
    id;node;type;profile;pStor;qStor;chargeLevel;sR;eStore;etaStore;sdStore
    Load 1;LV Bus 3;PV_Storage;Store;-0.02;0.0;0.0;0.02;0.04;0.95;0.13

    """,
    "LoadProfile.csv": """
    time;H0-A_pload;H0-A_qload;G0-A_pload;G0-A_qload;H9_pload
    27.03.2016 01:30;0.25;0.5;1;0;1
    27.03.2016 01:45;0.5;-0.25;0.75;0.1;1
    27.03.2016 03:00;0.125;0.3;0.5;0.2;1
    27.03.2016 03:15;1.0;0.4;2.5e-1;0.3;1

    """,
    "RESProfile.csv": """
    time;PV1;PV2
    27.03.2016 01:30;0;0
    27.03.2016 01:45;0.5;0
    27.03.2016 03:00;0.75;0
    27.03.2016 03:15;1;0

    """,
    "StorageProfile.csv": """
    time;Store
    27.03.2016 01:30;0
    27.03.2016 01:45;-1
    27.03.2016 03:00;0.5
    27.03.2016 03:15;0

    """,
    "StudyCases.csv": "Study Case;voltLvl;pload\nhL;7;1.0\n",
  ]

  /// Replaces a text that occurs in a table.
  mutating func replace(_ old: String, by new: String, in file: String) {
    precondition(files[file]?.contains(old) ?? false, "'\(old)' occurs in \(file).")
    files[file] = files[file]?.replacingOccurrences(of: old, with: new)
  }

  /// What converting gave.
  struct Import {
    let scenario: ImportedScenario?
    let diagnostics: [Diagnostic]

    /// The lines of a written file.
    func lines(_ name: String) -> [String] {
      (scenario?.files.first { $0.name == name }?.text ?? "").split(separator: "\n").map(
        String.init)
    }

    /// The written files, as a scenario is read from.
    var bytes: [String: [UInt8]] {
      Dictionary(
        uniqueKeysWithValues: (scenario?.files ?? []).map { ($0.name, Array($0.text.utf8)) })
    }

    /// The places and problems of all faults.
    var faults: [String] { diagnostics.map { "\($0.location): \($0.problem)" } }
  }

  func converted() -> Import { Self.converted(files.mapValues { Array($0.utf8) }) }

  static func converted(_ files: [String: [UInt8]], name: String = "sample") -> Import {
    var diagnostics = Diagnostics()
    let scenario = SimBenchImport.convert(
      SimBenchFolder(name: name, files: files), &diagnostics)
    return Import(scenario: scenario, diagnostics: diagnostics.sorted)
  }
}
