import Cohort

/// The federation in one sentence, a line of numbers, and a map.
struct GlanceView {
    struct Stat {
        var label: String
        var value: String
        var note: String?
    }

    var headline: String
    var sentence: String
    var stats: [Stat]
    var map: EuropeMap

    init(_ federation: FederationOverview) {
        let sites = federation.sites
        let countries = Set(sites.map { $0.country.uppercased() }).count
        headline =
            sites.isEmpty
            ? "Cancer images that stay in their hospitals, searched as one"
            : "Cancer images in \(CountText.counted(sites.count, "hospital", "hospitals")) of \(CountText.counted(countries, "country", "countries")), searched as one"
        sentence =
            "Ask how many patients, studies and images match what you need. The images never leave the hospital: each site counts at home and answers with numbers."
        var total = FederationTotal()
        let cards = sites.compactMap(\.card)
        for card in cards { total.add(card.counts) }
        let dataSets = cards.reduce(0) { $0 + max(1, $1.dataSets.count) }
        let online = sites.count(where: \.isOnline)
        stats = [
            Stat(
                label: sites.count == 1 ? "site" : "sites", value: CountText.grouped(sites.count),
                note: sites.isEmpty ? nil : online == sites.count ? "on line" : "\(CountText.grouped(online)) on line"),
            Stat(label: dataSets == 1 ? "data set" : "data sets", value: CountText.grouped(dataSets)),
            Stat(label: "patients", value: CountText.brief(total.patients)),
            Stat(label: "studies", value: CountText.objects(total.studies)),
            Stat(label: "images", value: CountText.objects(total.images)),
        ]
        map = EuropeMap(sites)
    }
}
