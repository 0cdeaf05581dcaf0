import BusbarTestSupport
import Testing

@testable import BusbarReport

struct FeederTreeTests {
  @Test func aWalkFollowsEachBranchToItsEnd() throws {
    let tree = FeederTree(
      buses: ["s", "x", "y", "x1", "x2", "alone"], branches: ["1", "2", "3", "4"],
      ends: [(0, 1), (0, 2), (1, 3), (1, 4)], lengths: [10, 20, 5, nil])
    #expect(tree.order.map { tree.buses[$0] } == ["s", "x", "x1", "x2", "y", "alone"])
    #expect(tree.roots.map { tree.buses[$0] } == ["s", "alone"])
    #expect(tree.depth == [0, 1, 1, 2, 2, 0])
    #expect(tree.distance == [0, 10, 20, 15, nil, 0])
    #expect(!tree.hasDistances)
    #expect(
      tree.paths().map { $0.map { tree.buses[$0] } } == [
        ["s", "x", "x1"], ["x", "x2"], ["s", "y"],
      ])
  }

  @Test func aLoopIsWalkedOnceAndARingWithoutSourceHasARoot() {
    let tree = FeederTree(
      buses: ["s", "a", "b", "p", "q"], branches: ["1", "2", "3", "4", "5"],
      ends: [(0, 1), (0, 2), (1, 2), (3, 4), (4, 3)], lengths: [1, 1, 1, 1, 1])
    #expect(tree.order.count == 5)
    #expect(Set(tree.order).count == 5)
    #expect(tree.roots == [0, 3])
    #expect(tree.distance == [0, 1, 1, 0, 1])
  }

  @Test func aChainOfTensOfThousandsOfBusesNeedsNoDeepRecursion() {
    let count = 50_000
    let tree = FeederTree(
      buses: (0..<count).map(String.init), branches: (1..<count).map(String.init),
      ends: (1..<count).map { ($0 - 1, $0) }, lengths: Array(repeating: 1, count: count - 1))
    #expect(tree.depth.last == count - 1)
    #expect(tree.paths().count == 1)
  }
}

struct DurationValuesTests {
  @Test func aCurveDescendsFromTheGreatestToTheLeastValue() {
    let curve = DurationValues([3, nil, 1, 2], step: "").curve(scaledBy: 10)
    #expect(curve == [Point(0, 30), Point(50, 20), Point(100, 10)])
    #expect(DurationValues([nil], step: "").curve(scaledBy: 1).isEmpty)
    #expect(DurationValues([4], step: "").curve(scaledBy: 1) == [Point(0, 4), Point(100, 4)])
  }
}

struct ColourScaleTests {
  @Test func aValueHasTheColourOfItsStep() {
    let scale = ColourScale("", range: 0...10, steps: 5)
    #expect([0, 1.9, 2, 9.9, 10, -5, 50].map(scale.step) == [0, 0, 1, 4, 4, 0, 4])
    #expect(scale.middle(ofStep: 1) == 3)
  }

  @Test func aScaleOfOneValueHasTwoEnds() {
    let scale = ColourScale("", range: 1.05...1.05)
    #expect(scale.range.lowerBound < 1.05 && scale.range.upperBound > 1.05)
  }
}
