extension DSSClass {
  /// Classes that draw or give power.
  static let conversionClasses: [DSSClass] = [
    DSSClass(
      "vsource",
      """
      Bus1 BasekV# pu# Angle# Frequency# Phases## MVASC3# MVASC1# X1R1# X0R0# Isc3# Isc1# R1# X1#
      R0# X0# ScanType Sequence Bus2 Z1[#] Z0[#] Z2[#] puZ1[#] puZ0[#] puZ2[#] BaseMVA# Yearly
      Daily Duty Model puZIdeal[#] Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "isource",
      """
      Bus1 Amps# Angle# Frequency# Phases## ScanType Sequence Yearly Daily Duty Bus2 Spectrum
      BaseFreq# Enabled? Like
      """),
    DSSClass(
      "vccs",
      """
      Bus1 Phases## PRated# VRated# Ppct# BP1 BP2 Filter FSample# RMSMode? IMaxpu# VRMSTau#
      IRMSTau# Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "load",
      """
      Phases## Bus1 kV# kW# PF# Model Yearly Daily Duty Growth Conn kvar# RNeut# XNeut# Status
      Class## VMinpu# VMaxpu# VMinNorm# VMinEmerg# XfkVA# AllocationFactor# kVA# %Mean# %StdDev#
      CVRWatts# CVRVars# kWh# kWhDays# CFactor# CVRCurve NumCust## ZIPV[#] %SeriesRL# RelWeight#
      VLowpu# puXHarm# XRHarm# Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "generator",
      """
      Phases## Bus1 kV# kW# PF# kvar# Model VMinpu# VMaxpu# Yearly Daily Duty DispMode DispValue#
      Conn Status Class## Vpu# Maxkvar# Minkvar# PVFactor# ForceOn? kVA# MVA# Xd# Xdp# Xdpp# H# D#
      UserModel@ UserData ShaftModel@ ShaftData DutyStart# DebugTrace? Balanced? XRdp# UseFuel?
      FuelkWh# %Fuel# %Reserve# Refuel DynamicEq DynOut[] Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "storage",
      """
      Phases## Bus1 kV# Conn kW# kvar# PF# kVA# %CutIn# %CutOut# EffCurve VarFollowInverter?
      kvarMax# kvarMaxAbs# WattPriority? PFPriority? %PMinNoVars# %PMinkvarMax# kWRated# %kWRated#
      kWhRated# kWhStored# %Stored# %Reserve# State %Discharge# %Charge# %EffCharge#
      %EffDischarge# %IdlingkW# %Idlingkvar %R# %X# Model## VMinpu# VMaxpu# Balanced?
      LimitCurrent? Yearly Daily Duty DispMode DischargeTrigger# ChargeTrigger# TimeChargeTrig#
      Class## DynaDLL@ DynaData UserModel@ UserData DebugTrace? kVDC# Kp# PITol# SafeVoltage#
      SafeMode? DynamicEq DynOut[] ControlMode AmpLimit# AmpLimitGain# Spectrum BaseFreq# Enabled?
      Like
      """),
    DSSClass(
      "pvsystem",
      """
      Phases## Bus1 kV# Irradiance# Pmpp# %Pmpp# Temperature# PF# Conn kvar# kVA# %CutIn# %CutOut#
      EffCurve P-TCurve %R# %X# Model VMinpu# VMaxpu# Balanced? LimitCurrent? Yearly Daily Duty
      TYearly TDaily TDuty Class## UserModel@ UserData DebugTrace? VarFollowInverter? DutyStart#
      WattPriority? PFPriority? %PMinNoVars# %PMinkvarMax# kvarMax# kvarMaxAbs# kVDC# Kp# PITol#
      SafeVoltage# SafeMode? DynamicEq DynOut[] ControlMode AmpLimit# AmpLimitGain# Spectrum
      BaseFreq# Enabled? Like
      """),
    DSSClass(
      "indmach012",
      """
      Phases## Bus1 kV# kW# PF# Conn kVA# H# D# puRs# puXs# puRr# puXr# puXm# Slip# MaxSlip#
      SlipOption Yearly Daily Duty DebugTrace? Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "gicsource",
      """
      Volts# Angle# Frequency# Phases## EN# EE# Lat1# Lon1# Lat2# Lon2# Spectrum BaseFreq#
      Enabled? Like
      """),
  ]
}
