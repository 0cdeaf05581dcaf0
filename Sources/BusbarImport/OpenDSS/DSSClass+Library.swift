extension DSSClass {
  /// Classes that others refer to: codes, wires, curves and shapes.
  static let libraryClasses: [DSSClass] = [
    DSSClass(
      "linecode",
      """
      NPhases## R1# X1# R0# X0# C1# C0# Units RMatrix[,] XMatrix[,] CMatrix[,] BaseFreq# NormAmps#
      EmergAmps# FaultRate# PctPerm# Repair# Kron Rg# Xg# rho# Neutral## B1# B0# Seasons##
      Ratings[#] LineType Like
      """),
    DSSClass(
      "loadshape",
      """
      NPts## Interval# Mult[#] Hour[#] Mean# StdDev# CSVFile@ SngFile@ DblFile@ Action QMult[#]
      UseActual? PMax# QMax# SInterval# MInterval# PBase# QBase# PMult[#] PQCSVFile@
      MemoryMapping? Interpolation Like
      """),
    DSSClass(
      "tshape",
      """
      NPts## Interval# Temp[#] Hour[#] Mean# StdDev# CSVFile@ SngFile@ DblFile@ SInterval#
      MInterval# Action Like
      """),
    DSSClass(
      "priceshape",
      """
      NPts## Interval# Price[#] Hour[#] Mean# StdDev# CSVFile@ SngFile@ DblFile@ SInterval#
      MInterval# Action Like
      """),
    DSSClass(
      "xycurve",
      """
      NPts## Points[#] YArray[#] XArray[#] CSVFile@ SngFile@ DblFile@ X# Y# XShift# YShift#
      XScale# YScale# Like
      """),
    DSSClass(
      "growthshape",
      """
      NPts## Year[#] Mult[#] CSVFile@ SngFile@ DblFile@ Like
      """),
    DSSClass(
      "tcc_curve",
      """
      NPts## C_Array[#] T_Array[#] Like
      """),
    DSSClass(
      "spectrum",
      """
      NumHarm## Harmonic[#] %Mag[#] Angle[#] CSVFile@ Like
      """),
    DSSClass(
      "wiredata",
      """
      RDC# RAC# RUnits GMRAC# GMRUnits Radius# RadUnits NormAmps# EmergAmps# Diam# Seasons##
      Ratings[#] CapRadius# Like
      """),
    DSSClass(
      "cndata",
      """
      k## DiaStrand# GMRStrand# RStrand# EpsR# InsLayer# DiaIns# DiaCable# RDC# RAC# RUnits GMRAC#
      GMRUnits Radius# RadUnits NormAmps# EmergAmps# Diam# Seasons## Ratings[#] CapRadius# Like
      """),
    DSSClass(
      "tsdata",
      """
      DiaShield# TapeLayer# TapeLap# EpsR# InsLayer# DiaIns# DiaCable# RDC# RAC# RUnits GMRAC#
      GMRUnits Radius# RadUnits NormAmps# EmergAmps# Diam# Seasons## Ratings[#] CapRadius# Like
      """),
    DSSClass(
      "linespacing",
      """
      NConds## NPhases## X[#] H[#] Units Like
      """),
    DSSClass(
      "linegeometry",
      """
      NConds## NPhases## Cond## Wire X# H# Units NormAmps# EmergAmps# Reduce? Spacing Wires[]
      CNCable TSCable CNCables[] TSCables[] Seasons## Ratings[#] LineType Like
      """),
    DSSClass(
      "xfmrcode",
      """
      Phases## Windings## Wdg## Conn kV# kVA# Tap# %R# RNeut# XNeut# Conns[] kVs[#] kVAs[#]
      Taps[#] XHL# XHT# XLT# XSCArray[#] Thermal# n# m# FLRise# HSRise# %LoadLoss# %NoLoadLoss#
      NormHkVA# EmergHkVA# MaxTap# MinTap# NumTaps## %IMag# ppm_Antifloat# %Rs[#] X12# X13# X23#
      RDCOhms# Seasons## Ratings[#] Like
      """),
    DSSClass(
      "dynamicexp",
      """
      NVariables## VarNames[] Var VarIdx## Expression Domain Like
      """),
  ]
}
