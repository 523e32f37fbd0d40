import FoundationEssentials
public import Logging
public import Runtime

extension FederationNode {
    /// Joins the federation that invites: makes this site's keys in `folder`, proves to the hub that it holds the
    /// invitation, and stores the membership. Running it again with the same invitation continues where it stopped.
    ///
    /// - Parameters:
    ///   - name: what the site calls itself.
    ///   - country: ISO 3166-1 alpha-2.
    public static func join(
        invitation: Invitation, folder: String, name: String, country: String,
        files: any FileSystem = PosixFileSystem(), clock: WallClock = .system, random: RandomSource = .system,
        audit: any AuditSink = NoAudit(), options: NodeOptions = NodeOptions(),
        logger: Logger = Logger(label: "atles.federation")
    ) async throws(FederationError) -> JoinState {
        let transport = try HTTPSTransport(hub: invitation.hub, authority: invitation.authority, options: options)
        do {
            let state = try await join(
                invitation: invitation, folder: folder, name: name, country: country, files: files, clock: clock,
                random: random, audit: audit, transport: transport)
            await transport.close()
            return state
        } catch {
            await transport.close()
            throw error
        }
    }

    static func join(
        invitation: Invitation, folder: String, name: String, country: String, files: any FileSystem,
        clock: WallClock, random: RandomSource, audit: any AuditSink, transport: any HubTransport
    ) async throws(FederationError) -> JoinState {
        guard PersonalName.isValid(name) else {
            throw .unusable("a site's name has 1 to 200 characters and no control characters")
        }
        guard CountryCode.isAssigned(country) else {
            throw .unusable("\(country.prefix(20)) is not a country's two-letter code (ISO 3166-1), such as ES or DE")
        }
        if let held = try Membership.read(folder, files) {
            // The same membership, still waiting or with an answer that was lost: asking again does no harm.
            guard held.site == invitation.site, [UInt8](held.authority) == invitation.authority else {
                throw .alreadySetUp(folder: folder, role: .node)
            }
        }
        do { try files.createDirectory(folder, mode: 0o700) } catch { throw .file(error) }
        let keys = try PartyKeys.readOrCreate(in: folder, files: files, random: random)
        let anchor: TrustAnchor
        do { anchor = try TrustAnchor(authority: invitation.authority) } catch { throw .certificate(error) }
        let client = HubClient(
            site: invitation.site, hub: invitation.hub, anchor: anchor, keys: keys, clock: clock, random: random,
            transport: transport)

        let claim = JoinProof.Claim(
            federation: anchor.federation, invitation: invitation.id, site: invitation.site, name: name,
            country: country, keys: keys.publicKeys)
        let body = JoinBody(
            invitation: invitation.id, name: name, country: country, signing: Data(keys.publicKeys.signing),
            agreement: Data(keys.publicKeys.agreement),
            proof: Data(JoinProof.make(claim, key: JoinProof.key(invitation.secret))))
        let answer = try await client.ask(.join, body, for: StandingAnswer.self, patience: .seconds(30))
        let certificate = try await certificate(
            in: answer.body, of: invitation.site, keys.publicKeys, anchor, at: clock.now)
        let membership = Membership(
            federation: invitation.federation, hub: invitation.hub, authority: Data(invitation.authority),
            site: invitation.site, certificate: certificate.map { Data($0.encoded) },
            hubCertificate: Data(answer.hubCertificate))
        do { try audit.record(AuditEvent(.joined, site: invitation.site)) } catch { throw .audit("\(error)") }
        try membership.write(folder, files)
        if let certificate { return .admitted(site: certificate.site, certificateExpires: certificate.expires) }
        return .waiting(site: invitation.site, fingerprint: keys.publicKeys.fingerprint)
    }

    /// The certificate in an answer, once it is known to be this site's; nil while the site waits for approval.
    static func certificate(
        in answer: StandingAnswer, of site: SiteID, _ keys: PublicKeys, _ anchor: TrustAnchor, at now: Date
    ) async throws(FederationError) -> PartyCertificate? {
        guard answer.admitted, let encoded = answer.certificate else { return nil }
        do throws(CertificateError) {
            let verified = try await anchor.verify([UInt8](encoded), at: now)
            guard verified.site == site, verified.keys == keys else { throw CertificateError.otherParty }
            return verified.certificate
        } catch {
            throw .certificate(error)
        }
    }
}
