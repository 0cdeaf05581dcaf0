internal import BusbarEvents

/// The catalogue: link classes with figures that somebody has published.
///
/// A loss rate, a spread or a bandwidth that no source gives is left out, and the `source` of the
/// class says so. None has outages by default.
///
/// 1. HEILA project, DSO flexibility use case in the MultiPower laboratory, Table 3, "Transfer
///    times": means of ten attempts, without spread. They serve as medians.
/// 2. ITU-T G.9904 (10/2012), PRIME, physical layer.
/// 3. H. Inamura et al., "TCP over Second (2.5G) and Third (3G) Generation Wireless Networks",
///    RFC 3481, February 2003.
/// 4. IEEE Std 802.15.4g-2012; field test by C.-S. Sum et al., Wireless Communications and Mobile
///    Computing 2017, 7137406.
/// 5. C. Pei et al., "WiFi Can Be the Weakest Link of Round Trip Network Latency in the Wild",
///    IEEE INFOCOM 2016.
/// 6. 3GPP TR 25.913, "Requirements for E-UTRA and E-UTRAN", release 9, section 6.2.2.
extension LinkClass {
  /// All classes of the catalogue, by name.
  public static let standard: [LinkClass] = [
    .gprs, .iec104Command, .iec104Read, .lte, .platformHTTP, .platformMQTT, .platformMQTTControl,
    .primePLC, .radioHop, .wifi,
  ]

  /// A message between platforms over HTTP, in the direction of monitoring: 47 ms (H-26) [1].
  public static let platformHTTP = LinkClass(
    name: "platform_http", latency: .constant(47),
    source: "HEILA Table 3, Flexibility from market to aggregator platform over HTTP, mean of 10 "
      + "attempts; no spread, loss or bandwidth published")

  /// A message between platforms over MQTT, in the direction of monitoring: 52 ms (H-26) [1].
  public static let platformMQTT = LinkClass(
    name: "platform_mqtt", latency: .constant(52),
    source: "HEILA Table 3, Flexibility from market to aggregator platform over MQTT, mean of 10 "
      + "attempts; no spread, loss or bandwidth published")

  /// A message between platforms over MQTT, in the direction of control: 36 ms (H-28) [1].
  public static let platformMQTTControl = LinkClass(
    name: "platform_mqtt_control", latency: .constant(36),
    source: "HEILA Table 3, Activation Notification from aggregator to market platform over MQTT, "
      + "mean of 10 attempts; no spread, loss or bandwidth published")

  /// A measurement from a field device over IEC 60870-5-104: 483 ms (H-27) [1].
  public static let iec104Read = LinkClass(
    name: "iec104_read", latency: .constant(483),
    source: "HEILA Table 3, feeder phase voltage from the relay REF615 to the platform's database "
      + "over IEC 60870-5-104, mean of 10 attempts; no spread, loss or bandwidth published")

  /// A command to a field device over IEC 60870-5-104 with its confirmation: 584 ms (H-29) [1].
  ///
  /// The 584 ms were measured until the device's new position was back. Nobody measured the two
  /// directions apart; here the confirmation takes the 483 ms that the same table gives for a value
  /// of the same device in the direction of monitoring, and the command the remaining 101 ms.
  public static let iec104Command: LinkClass = {
    var result = LinkClass(
      name: "iec104_command", latency: .constant(101),
      source: "HEILA Table 3, breaker position from the platform's database to the relay REF615 "
        + "over IEC 60870-5-104: 584 ms including the position's way back, mean of 10 attempts; "
        + "split into 101 ms for the command and 483 ms for the confirmation, which is that "
        + "table's time for a value of the relay; no spread, loss or bandwidth published")
    result.confirmation = Confirmation(latency: .constant(483))
    return result
  }()

  /// One hop of PRIME power line communication on a low-voltage network (U-2) [2].
  ///
  /// 96 subcarriers with one bit each (DBPSK) and half of the bits for error correction in a symbol
  /// of 2.24 ms: 96 / 2 / 2.24 ms = 21.4 kbit/s. The latency is that of preamble (2.048 ms) and
  /// header (two symbols) of each frame. All nodes of a segment share the line, so that a segment
  /// should be a ``Medium``; waiting for it is what takes most of the time in the field.
  public static let primePLC: LinkClass = {
    var result = LinkClass(
      name: "plc_prime", latency: .constant(2.048 + 2 * 2.24),
      source: "ITU-T G.9904 (10/2012), physical layer: 21.4 kbit/s (DBPSK with error correction), "
        + "preamble 2.048 ms, header 2 symbols of 2.24 ms; the time of the modem's processor, the "
        + "overhead of the upper layers and the loss rate depend on the installation and are 0")
    result.bitsPerSecond = 96.0 / 2 / 2.24e-3
    result.supply = .ends
    return result
  }()

  /// General Packet Radio Service, one direction (U-2) [3].
  ///
  /// A round trip typically takes a few hundred milliseconds to one second (section 2.1), read as
  /// 300 to 1,000 ms and halved. Of the 10 to 20 kbit/s uplink and 10 to 40 kbit/s downlink
  /// (section 2.2) the class takes the lower end, which is the same in both directions.
  public static let gprs: LinkClass = {
    var result = LinkClass(
      name: "gprs", latency: .uniform(from: 150, to: 500),
      source: "RFC 3481 section 2.1 (round trip of a few hundred milliseconds to one second, read "
        + "as 300 to 1,000 ms, halved) and section 2.2 (10 kbit/s, the lower end of both "
        + "directions); section 2.5 calls loss rare after retransmission, without a figure: 0")
    result.bitsPerSecond = 10_000
    result.supply = .ends
    return result
  }()

  /// One hop of a sub-gigahertz radio mesh of meters, or of a meter's local radio (D-14) [4].
  public static let radioHop: LinkClass = {
    var result = LinkClass(
      name: "rf_hop", latency: .constant(0),
      source: "IEEE 802.15.4g at 50 kbit/s, as field-tested by Sum et al. 2017 "
        + "(doi:10.1155/2017/7137406); only the transmission time is counted: delay of the nodes, "
        + "overhead and loss rate depend on product and site and are 0")
    result.bitsPerSecond = 50_000
    result.supply = .ends
    return result
  }()

  /// One hop of Wi-Fi between a device and its access point, one direction (D-14) [5].
  ///
  /// Half of the hops took more than 20 ms for a round trip and a tenth more than 100 ms: a
  /// lognormal distribution with the median 10 ms one way and σ = ln(100 / 20) / 1.2816 = 1.256,
  /// where 1.2816 is the 0.9 quantile of the standard normal distribution.
  public static let wifi: LinkClass = {
    var result = LinkClass(
      name: "wifi", latency: .lognormal(median: 10, sigma: 1.256),
      source: "Pei et al., INFOCOM 2016: half of the round trips over the Wi-Fi hop above 20 ms, a "
        + "tenth above 100 ms, halved, lognormal between; measured on a campus, not in homes; "
        + "loss after retransmission not published: 0")
    result.supply = .ends
    return result
  }()

  /// Long Term Evolution, one direction of the radio access network [6].
  public static let lte: LinkClass = {
    var result = LinkClass(
      name: "lte", latency: .constant(5),
      source: "3GPP TR 25.913 section 6.2.2: less than 5 ms one way through the unloaded radio "
        + "access network, taken as 5 ms; the network behind it, load and loss are not included")
    result.supply = .ends
    return result
  }()
}
