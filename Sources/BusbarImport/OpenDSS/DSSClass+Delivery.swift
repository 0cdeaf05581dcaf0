extension DSSClass {
  /// Classes that carry power, and those that measure it.
  static let deliveryClasses: [DSSClass] = [
    DSSClass(
      "line",
      """
      Bus1 Bus2 LineCode Length# Phases## R1# X1# R0# X0# C1# C0# RMatrix[,] XMatrix[,] CMatrix[,]
      Switch? Rg# Xg# rho# Geometry Units Spacing Wires[] EarthModel CNCables[] TSCables[] B1# B0#
      Seasons## Ratings[#] LineType NormAmps# EmergAmps# FaultRate# pctPerm# Repair# BaseFreq#
      Enabled? Like
      """),
    DSSClass(
      "transformer",
      """
      Phases## Windings## Wdg## Bus Conn kV# kVA# Tap# %R# RNeut# XNeut# Buses[] Conns[] kVs[#]
      kVAs[#] Taps[#] XHL# XHT# XLT# XSCArray[#] Thermal# n# m# FLRise# HSRise# %LoadLoss#
      %NoLoadLoss# NormHkVA# EmergHkVA# Sub? MaxTap# MinTap# NumTaps## SubName %IMag#
      ppm_Antifloat# %Rs[#] Bank XfmrCode XRConst? X12# X13# X23# LeadLag WdgCurrents Core
      RDCOhms# Seasons## Ratings[#] NormAmps# EmergAmps# FaultRate# pctPerm# Repair# BaseFreq#
      Enabled? Like
      """),
    DSSClass(
      "autotrans",
      """
      Phases## Windings## Wdg## Bus Conn kV# kVA# Tap# %R# RDCOhms# Core Buses[] Conns[] kVs[#]
      kVAs[#] Taps[#] XHX# XHT# XXT# XSCArray[#] Thermal# n# m# FLRise# HSRise# %LoadLoss#
      %NoLoadLoss# NormHkVA# EmergHkVA# Sub? MaxTap# MinTap# NumTaps## SubName %IMag#
      ppm_Antifloat# %Rs[#] Bank XRConst? LeadLag WdgCurrents NormAmps# EmergAmps# FaultRate#
      pctPerm# Repair# BaseFreq# Enabled? Like
      """),
    DSSClass(
      "capacitor",
      """
      Bus1 Bus2 Phases## kvar[#] kV# Conn CMatrix[,] Cuf[#] R[#] XL[#] Harm[#] NumSteps##
      States[#] NormAmps# EmergAmps# FaultRate# pctPerm# Repair# BaseFreq# Enabled? Like
      """),
    DSSClass(
      "reactor",
      """
      Bus1 Bus2 Phases## kvar# kV# Conn RMatrix[,] XMatrix[,] Parallel? R# X# Rp# Z1[#] Z2[#]
      Z0[#] Z[#] RCurve LCurve LmH# NormAmps# EmergAmps# FaultRate# pctPerm# Repair# BaseFreq#
      Enabled? Like
      """),
    DSSClass(
      "fault",
      """
      Bus1 Bus2 Phases## R# %StdDev# GMatrix[,] OnTime# Temporary? MinAmps# NormAmps# EmergAmps#
      FaultRate# pctPerm# Repair# BaseFreq# Enabled? Like
      """),
    DSSClass(
      "gicline",
      """
      Bus1 Bus2 Volts# Angle# Frequency# Phases## R# X# C# EN# EE# Lat1# Lon1# Lat2# Lon2#
      Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "gictransformer",
      """
      BusH BusNH BusX BusNX Phases## Type R1# R2# kVLL1# kVLL2# MVA# VarCurve %R1# %R2# K#
      NormAmps# EmergAmps# FaultRate# pctPerm# Repair# BaseFreq# Enabled? Like
      """),
    DSSClass(
      "upfc",
      """
      Bus1 Bus2 RefkV# PF# Frequency# Phases## Xs# Tol1# Mode VpqMax# LossCurve VHLimit# VLLimit#
      CLimit# refkV2# kvarLimit# Element Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "vsconverter",
      """
      Phases## Bus1 kVAC# kVDC# kW# NDC## RAC# XAC# M0# d0# MMin# MMax# IACMax# IDCMax# VACRef#
      PACRef# QACRef# VDCRef# VSCMode Spectrum BaseFreq# Enabled? Like
      """),
    DSSClass(
      "sensor",
      """
      Element Terminal## kVBase# Clear kVs[#] Currents[#] kWs[#] kvars[#] Conn DeltaDirection##
      %Error# Weight# BaseFreq# Enabled? Like
      """),
    DSSClass(
      "monitor",
      """
      Element Terminal## Mode## Action Residual? VIPolar? PPolar? BaseFreq# Enabled? Like
      """),
    DSSClass(
      "energymeter",
      """
      Element Terminal## Action Option[] kVANormal# kVAEmerg# PeakCurrent[#] ZoneList[] LocalOnly?
      Mask[#] Losses? LineLosses? XfmrLosses? SeqLosses? 3PhaseLosses? VBaseLosses?
      PhaseVoltageReport? Int_Rate# Int_Duration# SAIFI# SAIFIkW# SAIDI# CAIDI# CustInterrupts#
      BaseFreq# Enabled? Like
      """),
  ]
}
