import FoundationEssentials
import Rounds
import Testing

/// Against PyPI `dp-accounting` 0.6: `Fixtures/make_accountants.py`.
@Suite struct AccountantTests {
    struct Golden: Decodable {
        struct Epsilon: Decodable {
            let releases: [Release]
            let delta: Double
            let rdp: Double
            let pld: Double?
        }
        struct Delta: Decodable {
            let releases: [Release]
            let epsilon: Double
            let delta: Double
        }
        /// Kind, rate, multiplier, count.
        struct Release: Decodable {
            let release: PrivacyRelease

            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                let kind = try list.decode(String.self)
                let rate = try list.decode(Double.self)
                let multiplier = try list.decode(Double.self)
                let event: PrivacyEvent =
                    switch kind {
                    case "gaussian": .gaussian(noiseMultiplier: multiplier)
                    case "laplace": .laplace(noiseMultiplier: multiplier)
                    default: .sampledGaussian(rate: rate, noiseMultiplier: multiplier)
                    }
                release = PrivacyRelease(event, count: try list.decode(Int.self))
            }
        }
        let epsilons: [Epsilon]
        let deltas: [Delta]
    }

    static let golden = Result { try LearningFixture.read("accountants.json", as: Golden.self) }

    @Test func renyiEpsilonsAreTheReferencesToAMillionth() throws {
        let cases = try Self.golden.get().epsilons
        #expect(cases.count > 200)
        for known in cases {
            let epsilon = try RenyiAccountant(known.releases.map(\.release)).epsilon(delta: known.delta)
            #expect(agree(epsilon, known.rdp, within: 1e-6), "\(known.releases.map(\.release)) \(epsilon) \(known.rdp)")
        }
    }

    @Test func renyiDeltasAreTheReferences() throws {
        for known in try Self.golden.get().deltas {
            let delta = try RenyiAccountant(known.releases.map(\.release)).delta(epsilon: known.epsilon)
            #expect(abs(delta - known.delta) <= 1e-6 * known.delta + 1e-300, "\(known.releases.map(\.release))")
        }
    }

    @Test func lossDistributionsGiveTheReferencesEpsilonToAThousandth() throws {
        let cases = try Self.golden.get().epsilons.filter { $0.pld != nil }
        #expect(cases.count > 30)
        for known in cases {
            let epsilon = try PrivacyLossAccountant(known.releases.map(\.release)).epsilon(delta: known.delta)
            let expected = try #require(known.pld)
            #expect(
                abs(epsilon - expected) <= 1e-3,
                "\(known.releases.map(\.release)) at \(known.delta): \(epsilon), not \(expected)")
        }
    }

    /// The values that the project's facts give, run there with the same library.
    @Test(arguments: [
        (0.01, 1.1, 1000, 1.711770, 1.515370), (1, 5, 100, 10.725510, 9.997256), (0.2, 1, 100, 16.081655, 14.527518),
        (0.256, 1.1, 60, 13.518623, 12.180354),
    ])
    func theFourKnownValuesHold(rate: Double, multiplier: Double, count: Int, renyi: Double, loss: Double) throws {
        let release = PrivacyRelease(.sampledGaussian(rate: rate, noiseMultiplier: multiplier), count: count)
        #expect(abs(try RenyiAccountant([release]).epsilon(delta: 1e-5) - renyi) < 1e-6)
        #expect(abs(try PrivacyLossAccountant([release]).epsilon(delta: 1e-5) - loss) < 1e-3)
    }

    @Test func oneLaplaceReleaseCostsItsPureEpsilon() throws {
        // With a delta of next to nothing, Laplace noise of scale 2 gives epsilon 1/2.
        let release = PrivacyRelease(.laplace(noiseMultiplier: 2))
        #expect(abs(try PrivacyLossAccountant([release]).epsilon(delta: 1e-14) - 0.5) < 1e-3)
    }

    @Test func nothingReleasedCostsNothingAndNonsenseIsRefused() throws {
        #expect(try RenyiAccountant([]).epsilon(delta: 1e-5) == 0)
        #expect(try PrivacyLossAccountant([]).epsilon(delta: 1e-5) == 0)
        let wrong: [PrivacyRelease] = [
            .init(.gaussian(noiseMultiplier: 0)), .init(.laplace(noiseMultiplier: .nan)),
            .init(.sampledGaussian(rate: 1.5, noiseMultiplier: 1)), .init(.gaussian(noiseMultiplier: 1), count: -1),
        ]
        for release in wrong {
            #expect(throws: RoundsError.self) { try RenyiAccountant([release]) }
            #expect(throws: RoundsError.self) { try PrivacyLossAccountant([release]) }
        }
    }
}
