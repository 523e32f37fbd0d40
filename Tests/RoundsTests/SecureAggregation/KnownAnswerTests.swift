import Crypto
import Runtime
import Testing

@testable import Rounds

/// What the protocol is composed of, against the standards' own examples, and its composition against a second program:
/// Python with PyCA cryptography, written from docs/secure_aggregation.md.
@Suite struct KnownAnswerTests {
    private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.bytes(hex)) }

    /// RFC 7748, section 6.1.
    @Test func agreementIsThatOfTheStandard() throws {
        let alice = try Curve25519.KeyAgreement.PrivateKey(
            rawRepresentation: bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
        let bob = try Curve25519.KeyAgreement.PublicKey(
            rawRepresentation: bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"))
        let shared = try alice.sharedSecretFromKeyAgreement(with: bob).withUnsafeBytes { Array($0) }
        #expect(try shared == bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"))
    }

    /// RFC 5869, appendix A.1.
    @Test func keyDerivationIsThatOfTheStandard() throws {
        let key = try HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b")),
            salt: bytes("000102030405060708090a0b0c"), info: bytes("f0f1f2f3f4f5f6f7f8f9"), outputByteCount: 42)
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        #expect(key.withUnsafeBytes { Hex.text($0) } == expected)
    }

    /// Test case 2 of the GCM specification (McGrew and Viega): a block of zeros under the zero key and the zero nonce.
    @Test func theKeyStreamIsThatOfGCM() throws {
        let zero = SymmetricKey(data: [UInt8](repeating: 0, count: 16))
        #expect(try Hex.text(KeyStream.bytes(zero, piece: 0, count: 16)) == "0388dace60b6a392f328c2b971b2fe78")
        // Pieces are different, and what is asked for first does not depend on how much is asked for.
        let long = try KeyStream.bytes(zero, piece: 1, count: KeyStream.piece)
        #expect(try Array(KeyStream.bytes(zero, piece: 1, count: 20)) == Array(long.prefix(20)))
        #expect(try KeyStream.bytes(zero, piece: 0, count: 16) != long.prefix(16))
    }

    /// Three sites in their round 1: what the second program says they send.
    @Test func whatSitesSendIsWhatTheDocumentSays() throws {
        var federation = try MaskedFederation(3)
        try federation.deal()
        let small: [[UInt128]] = [[1, 2, 3], [10, 20, 30], [100, 200, 300]]
        #expect(
            try #require(federation.hub.roster?.hash)
                == bytes("ee4f7ffb733837d505be12d164cb9e4053a0d31744bcbdc409340854ed16e940"))
        _ = try federation.round(.bits128, { RingVector(small[$0]) }, count: 3)
        // Dealt with the answers of round 0.
        let dealt = try #require(federation.hub.shares[1])
        #expect(Hex.text(dealt.check) == "c8f0174eec950fe3005347403f30b0af")
        #expect(
            Hex.text(dealt.bundle)
                == "1177262375c1760d71828b767631d391f5eaf21e69bcf2ccfd9dae6f50b0f8b3bf28797f9da97ef30cf131bdccfd993d")
        #expect(dealt.sealed.map(\.holder) == [0, 2])
        #expect(
            dealt.sealed.map { Hex.text($0.box) } == [
                "d6182e305a881b97fe7e82c482cb50486028fd008eeb6fbdff4bc7c763a908c51a9057ffaf636191ebb7d5c839b7a6f1"
                    + "dd00468d15f147feb724cd0b4227574767c3effcde887b2908edb9c8fb32ae36df39e3d7cd44f767cdd1b9da47fea9b9",
                "45a72dffa1c4af856d945f39ac362fa7258d2b32d296bfbead8bdc1a0e5ce7f2c61b0dbf6c41ecc960afbe3679571035"
                    + "868096fefa57c308555edd452c7ba4dce772a238f5789e25b8e15ad0f0aa2169fb8c92737c2b0b398e871560d302f4df",
            ])
        let task = try federation.hub.begin(.bits128, count: 3)
        let masked = try (0..<3).map { try federation.member($0).mask(RingVector(small[$0]), task).vector.values128 }
        #expect(
            masked == [
                [
                    0x59df_1330_0455_19f5_7abb_c7ce_b9a1_f850, 0x1e26_9feb_d2a2_12cc_a784_cfae_b27f_22f2,
                    0x760a_9314_3ff9_39b9_4247_42fd_61bd_fb3a,
                ],
                [
                    0xf616_a053_02ee_8f9e_1144_17c2_6c31_44e0, 0xe786_445e_7b37_78ae_1433_7650_f686_7dda,
                    0x7799_c241_7cb9_fbf2_d857_5303_b351_b950,
                ],
                [
                    0x3366_71dd_cf03_4bd0_cd4b_e7dc_50be_197b, 0x42a6_74bd_611c_112f_e4f3_a48d_f837_90ad,
                    0x7548_6c82_0afe_03f8_ae73_ab97_8acb_9988,
                ],
            ])
    }

    @Test func narrowRingsTakeTheirMasksFromTheSameStream() throws {
        var federation = try MaskedFederation(3)
        try federation.deal()
        let values: [[UInt32]] = [[1, 2, 3], [10, 20, 30], [100, 200, 300]]
        let task = try federation.hub.begin(.bits32, count: 3)
        let masked = try (0..<3).map { try federation.member($0).mask(RingVector(values[$0]), task).vector.values32 }
        #expect(
            masked == [
                [0xbf6a_3031, 0xae01_9597, 0xd49f_7b58],
                [0x8cf7_17c2, 0x28d1_fac5, 0x5159_1292],
                [0x45e6_8115, 0x32db_0b2f, 0x7a8b_b848],
            ])
        var wide = try MaskedFederation(3)
        try wide.deal()
        let task64 = try wide.hub.begin(.bits64, count: 3)
        let masked64 = try (0..<3).map {
            try wide.member($0).mask(RingVector(values[$0].map(UInt64.init)), task64).vector.values64
        }
        #expect(
            masked64 == [
                [0xae01_9595_bf6a_3031, 0x4477_ad12_d49f_7b57, 0x5ae4_fade_d982_0929],
                [0x28d1_fab1_8cf7_17c2, 0xb8a5_277a_5159_1288, 0x5191_2e26_38ba_5fbf],
                [0x32db_0a66_45e6_8115, 0x65e1_04a0_7a8b_b7e4, 0x2c33_79c1_2bfa_c0f4],
            ])
    }
}
