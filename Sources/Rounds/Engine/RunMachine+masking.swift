/// The exchanges that secure aggregation adds to a run: keys and shares when an epoch begins, unmasking in each round.
extension RunMachine {
    mutating func takeKeys() throws(RoundsError) -> [Action] {
        var keys: [SiteKeys] = []
        take { machine, site, step, _ throws(RoundsError) in
            guard case .keyed(let key) = step, key.site == site, key.epoch == machine.epoch else {
                throw .masking("it is not a key of the site for this epoch")
            }
            keys.append(key)
        }
        if sites != roster { return try startAnew() }
        return try share(keys)
    }

    /// Tells everybody who is in the epoch, and asks for shares.
    mutating func share(_ keys: [SiteKeys]) throws(RoundsError) -> [Action] {
        var hub = try MaskingHub(run: id, epoch: epoch, sites: sites)
        for key in keys { try hub.receive(key) }
        guard hub.waitingFor.isEmpty else { throw .site(hub.waitingFor[0], "offers no masks, and this run is masked") }
        let list = try hub.closeKeys()
        masking = hub
        expect(.sharing, .masks)
        return send { _ in (.share(list), []) }
    }

    mutating func takeShares() throws(RoundsError) -> [Action] {
        take { machine, site, step, body throws(RoundsError) in
            let shares = try RoundShares(bytes: body)
            guard case .shared = step, shares.site == site else { throw .masking("these are not the site's shares") }
            try machine.masking?.receive(shares)
        }
        if sites != roster { return try startAnew() }
        return try firstRound()
    }

    /// What every site is told to mask a round.
    mutating func beginMasking(_ layout: Layout) throws(RoundsError) -> RoundMasks {
        guard var hub = masking, let list = hub.roster else { throw .masking("there are no masks for this round") }
        let task = try hub.begin(.bits128, count: layout.count)
        masking = hub
        return RoundMasks(roster: list, task: task)
    }

    mutating func takeMasked() throws(RoundsError) -> [Action] {
        take { machine, site, step, body throws(RoundsError) in
            let answer = try MaskedAnswer(bytes: body)
            guard case .computed(let theirs) = step, theirs == machine.round, answer.site == site else {
                throw .shape("it is of another round")
            }
            try machine.masking?.receive(answer)
        }
        if try mustStartAnew() { return try startAnew() }
        guard var hub = masking, let list = hub.roster else { throw .masking("there are no masks for this round") }
        let requests: [String: UnmaskRequest]
        do throws(RoundsError) {
            requests = try hub.closeMasking()
        } catch {
            // Too many of the epoch are gone.
            return try startAnew()
        }
        masking = hub
        expect(.unmasking, .unmasking)
        return send { site in
            requests[site].map { (HubHead.Step.unmask(list, $0), []) } ?? (.end, [])
        }
    }

    mutating func takeUnmasking() throws(RoundsError) -> [Action] {
        take { machine, site, step, body throws(RoundsError) in
            let answer = try UnmaskAnswer(bytes: body)
            guard case .unmasked = step, answer.site == site else { throw .masking("these are not the site's shares") }
            try machine.masking?.receive(answer)
        }
        guard var hub = masking, hub.canFinish else { return try startAnew() }
        let computation = try plan.checked()
        let sum = try hub.finish()
        masking = hub
        summed = sum.sites
        let layout = try computation.layout([UInt8](state))
        let contribution = try FixedPoint(sites: sum.sites.count).decode(sum.total, layout)
        return try combine(contribution, of: sum.sites, computation)
    }
}
