extension MaskingHub: WireValue {
    public var bytes: [UInt8] {
        var out = WireWriter(kind: 0x38)
        out.text(run)
        out.count(epoch)
        out.count(sites.count)
        for site in sites { out.text(site) }
        out.number(phase.rawValue)
        out.count(round)
        out.count(keys.count)
        for site in keys.keys.sorted() { out.sized(keys[site]?.bytes ?? []) }
        out.sized(roster?.bytes ?? [])
        Self.write(shares, to: &out)
        Self.write(nextShares, to: &out)
        members.write(to: &out)
        out.sized(task?.bytes ?? [])
        SiteSet(answered).write(to: &out)
        survivors.write(to: &out)
        out.count(reveals.count)
        for place in reveals.keys.sorted() { out.sized(reveals[place]?.bytes ?? []) }
        if let sum { out.vector(sum) }
        return out.bytes
    }

    public init(bytes: [UInt8]) throws(RoundsError) {
        var reader = try WireReader(bytes, kind: 0x38, "the record of a masked run")
        let run = try reader.text()
        let epoch = try reader.index()
        var sites: [String] = []
        for _ in 0..<(try reader.count(itemsOf: 4)) { sites.append(try reader.text()) }
        try self.init(run: run, epoch: epoch, sites: sites)
        guard let phase = Phase(rawValue: try reader.number(UInt8.self)) else { throw reader.damaged }
        self.phase = phase
        round = try reader.index()
        for _ in 0..<(try reader.count(itemsOf: 4)) {
            let key = try SiteKeys(bytes: try reader.sized())
            keys[key.site] = key
        }
        let roster = try reader.sized()
        self.roster = roster.isEmpty ? nil : try Roster(bytes: roster)
        shares = try readShares(&reader)
        nextShares = try readShares(&reader)
        members = try SiteSet(from: &reader)
        let task = try reader.sized()
        self.task = task.isEmpty ? nil : try MaskTask(bytes: task)
        answered = Set(try SiteSet(from: &reader).places)
        survivors = try SiteSet(from: &reader)
        for _ in 0..<(try reader.count(itemsOf: 4)) {
            let answer = try UnmaskAnswer(bytes: try reader.sized())
            reveals[try place(answer.site)] = answer
            for item in answer.revealed { revealedCount[item.dealer, default: 0] += 1 }
        }
        if self.task != nil { sum = try reader.vector() }
        try reader.end()
    }

    private static func write(_ shares: [Int: RoundShares], to out: inout WireWriter) {
        out.count(shares.count)
        for place in shares.keys.sorted() { out.sized(shares[place]?.bytes ?? []) }
    }

    private func readShares(_ reader: inout WireReader) throws(RoundsError) -> [Int: RoundShares] {
        var shares: [Int: RoundShares] = [:]
        for _ in 0..<(try reader.count(itemsOf: 4)) {
            let item = try RoundShares(bytes: try reader.sized())
            shares[try place(item.site)] = item
        }
        return shares
    }
}
