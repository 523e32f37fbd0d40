import Crypto

extension MaskingHub {
    /// The sum without its masks.
    ///
    /// Of each survivor the self-mask goes; of each site that dropped out, the masks that its neighbours had with it.
    func unmasked() throws(RoundsError) -> RingVector {
        guard phase == .unmasking, let task, let roster, var total = sum else {
            throw .masking("no round is being unmasked")
        }
        let held = sharesByDealer()
        var masks: [KeyStream.Mask] = []
        for dealer in task.active.places {
            guard let dealt = shares[dealer] else { throw .masking("the shares of \(roster.name(dealer)) are missing") }
            let parts = held[dealer] ?? []
            if survivors.contains(dealer) {
                let seed = try secret(of: dealer, parts, roster) { RoundSecret.check($0) == dealt.check }
                masks.append(KeyStream.Mask(seed: RoundSecret.maskSeed(seed), minus: true))
            } else {
                let key = try secret(of: dealer, parts, roster) { RoundSecret.open(dealt.bundle, $0) != nil }
                masks += try self.masks(with: dealer, RoundSecret.open(dealt.bundle, key) ?? [], roster)
            }
        }
        try KeyStream.add(masks, to: &total)
        return total
    }

    private func sharesByDealer() -> [Int: [SecretSharing.Share]] {
        var held: [Int: [SecretSharing.Share]] = [:]
        for holder in reveals.keys.sorted() {
            for item in reveals[holder]?.revealed ?? [] {
                held[item.dealer, default: []].append(SecretSharing.Share(holder: holder + 1, values: item.values))
            }
        }
        return held
    }

    /// Puts a secret together that passes the test its dealer left. Where a share is wrong and there are more than
    /// needed, others are tried: each is left out by some of them.
    private func secret(
        of dealer: Int, _ parts: [SecretSharing.Share], _ roster: Roster, fits: ([UInt8]) -> Bool
    ) throws(RoundsError) -> [UInt8] {
        let needed = roster.graph.shareThreshold
        guard parts.count >= needed else {
            throw .masking(
                "of \(needed) shares of the site \(roster.name(dealer)) only \(parts.count) came\(complaints(dealer)): "
                    + "a new epoch has to begin")
        }
        for start in 0..<(parts.count > needed ? parts.count : 1) {
            let chosen = (0..<needed).map { parts[(start + $0) % parts.count] }
            if let secret = try? SecretSharing.secret(from: chosen), fits(secret) { return secret }
        }
        throw .masking("the shares of the site \(roster.name(dealer)) do not fit what it promised: leave it out")
    }

    private func complaints(_ dealer: Int) -> String {
        let count = reveals.values.filter { $0.unreadable.contains(dealer) }.count
        return count == 0 ? "" : ", and \(count) sites could not open theirs"
    }

    /// The masks that survivors had with a site that dropped out, to be taken away.
    private func masks(
        with gone: Int, _ seeds: [UInt8], _ roster: Roster
    ) throws(RoundsError) -> [KeyStream.Mask] {
        let neighbours = roster.graph.neighbours(of: gone)
        let width = KeyStream.seedBytes
        guard seeds.count == neighbours.count * width else {
            throw .masking("the masks of the site \(roster.name(gone)) are not complete: leave it out")
        }
        var masks: [KeyStream.Mask] = []
        for (index, other) in neighbours.enumerated() where survivors.contains(other) {
            let seed = SymmetricKey(data: seeds[index * width..<(index + 1) * width])
            // The survivor added the mask where it comes first.
            masks.append(KeyStream.Mask(seed: seed, minus: other < gone))
        }
        return masks
    }
}
