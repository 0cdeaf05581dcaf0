extension DSSClass {
  /// Classes that control and protect others.
  static let controlClasses: [DSSClass] = [
    DSSClass(
      "regcontrol",
      """
      Transformer Winding## VReg# Band# PTRatio# CTPrim# R# X# Bus Delay# Reversible? RevVReg#
      RevBand# RevR# RevX# TapDelay# DebugTrace? MaxTapChange## InverseTime? TapWinding## VLimit#
      PTPhase RevThreshold# RevDelay# RevNeutral? EventLog? RemotePTRatio# TapNum## Reset LDC_Z#
      Rev_Z# Cogen? BaseFreq# Enabled? Like
      """),
    DSSClass(
      "capcontrol",
      """
      Element Terminal## Capacitor Type PTRatio# CTRatio# OnSetting# OffSetting# Delay#
      VoltOverride? VMax# VMin# DelayOff# DeadTime# CTPhase PTPhase VBus EventLog? UserModel@
      UserData pctMinkvar# Reset ControlSignal BaseFreq# Enabled? Like
      """),
    DSSClass(
      "swtcontrol",
      """
      SwitchedObj SwitchedTerm## Action Lock? Delay# Normal State Reset BaseFreq# Enabled? Like
      """),
    DSSClass(
      "invcontrol",
      """
      DERList[] Mode CombiMode VVC_Curve1 Hysteresis_Offset# Voltage_CurveX_Ref AvgWindowLen
      VoltWatt_Curve DbVMin# DbVMax# ArGraLowV# ArGraHiV# DynReacAvgWindowLen DeltaQ_Factor#
      VoltageChangeTolerance# VarChangeTolerance# VoltWattYAxis RateOfChangeMode LPFTau#
      RiseFallLimit# DeltaP_Factor# EventLog? RefReactivePower ActivePChangeTolerance#
      MonVoltageCalc MonBus[] MonBusesVBase[#] VoltWattCH_Curve WattPF_Curve WattVar_Curve
      VV_RefReactivePower PVSystemList[] VSetPoint# ControlModel BaseFreq# Enabled? Like
      """),
    DSSClass(
      "expcontrol",
      """
      PVSystemList[] VReg# Slope# VRegTau# QBias# VRegMin# VRegMax# QMaxLead# QMaxLag# EventLog?
      DeltaQ_Factor# PreferQ? TResponse# DERList[] BaseFreq# Enabled? Like
      """),
    DSSClass(
      "storagecontroller",
      """
      Element Terminal## MonPhase kWTarget# kWTargetLow# %kWBand# kWBand# %kWBandLow# kWBandLow#
      ElementList[] Weights[#] ModeDischarge ModeCharge TimeDischargeTrigger# TimeChargeTrigger#
      %RatekW# %RateCharge# %Reserve# kWhTotal# kWTotal# kWhActual# kWActual# kWNeed# Yearly Daily
      Duty EventLog? InhibitTime## TUp# TFlat# TDn# kWThreshold# DispFactor# ResetLevel# Seasons##
      SeasonTargets[#] SeasonTargetsLow[#] BaseFreq# Enabled? Like
      """),
    DSSClass(
      "gendispatcher",
      """
      Element Terminal## kWLimit# kWBand# kvarLimit# GenList[] Weights[#] BaseFreq# Enabled? Like
      """),
    DSSClass(
      "upfccontrol",
      """
      UPFCList[] BaseFreq# Enabled? Like
      """),
    DSSClass(
      "espvlcontrol",
      """
      Element Terminal## Type kWBand# kvarLimit# LocalControlList[] LocalControlWeights[#]
      PVSystemList[] PVSystemWeights[#] StorageList[] StorageWeights[#] BaseFreq# Enabled? Like
      """),
    DSSClass(
      "relay",
      """
      MonitoredObj MonitoredTerm## SwitchedObj SwitchedTerm## Type PhaseCurve GroundCurve
      PhaseTrip# GroundTrip# TDPhase# TDGround# PhaseInst# GroundInst# Reset# Shots##
      RecloseIntervals[#] Delay# OvervoltCurve UndervoltCurve kVBase# 47%Pickup# 46BaseAmps#
      46%Pickup# 46isqt# Variable Overtrip# Undertrip# BreakerTime# Action Z1Mag# Z1Ang# Z0Mag#
      Z0Ang# MPhase# MGround# EventLog? DebugTrace? DistReverse? Normal State DOC_TiltAngleLow#
      DOC_TiltAngleHigh# DOC_TripSettingLow# DOC_TripSettingHigh# DOC_TripSettingMag#
      DOC_DelayInner# DOC_PhaseCurveInner DOC_PhaseTripInner# DOC_TDPhaseInner# DOC_P1Blocking?
      BaseFreq# Enabled? Like
      """),
    DSSClass(
      "recloser",
      """
      MonitoredObj MonitoredTerm## SwitchedObj SwitchedTerm## NumFast## PhaseFast PhaseDelayed
      GroundFast GroundDelayed PhaseTrip# GroundTrip# PhaseInst# GroundInst# Reset# Shots##
      RecloseIntervals[#] Delay# Action TDPhFast# TDGrFast# TDPhDelayed# TDGrDelayed# Normal State
      BaseFreq# Enabled? Like
      """),
    DSSClass(
      "fuse",
      """
      MonitoredObj MonitoredTerm## SwitchedObj SwitchedTerm## FuseCurve RatedCurrent# Delay#
      Action Normal[] State[] BaseFreq# Enabled? Like
      """),
  ]
}
