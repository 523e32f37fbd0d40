import Cohort

/// What the sites hold, by their own descriptions.
struct HoldingsView {
    struct Site {
        var name: String
        var country: String
        var isOnline: Bool
        var icon: String
        var state: String
        var dataSet: DataSet?
    }

    struct DataSet {
        var title: String
        var description: String?
        var patients: String
        var studies: String
        var images: String
        var modalities: String?
        var years: String?
        var updated: String
        var threshold: Int
        /// Where the site tells several data sets apart.
        var parts: [DataSetPartView]
        var hasParts: Bool
        var partsLabel: String
    }

    var sites: [Site]
    var facets: [FacetView]
    var hasFacets: Bool
    var note = "A hatched end means that a part of the number is hidden."

    init(_ federation: FederationOverview) {
        sites = federation.sites.map { site in
            Site(
                name: site.name, country: Country.name(site.country), isOnline: site.isOnline,
                icon: site.isOnline ? "i-online" : "i-offline", state: site.isOnline ? "on line" : "off line",
                dataSet: site.card.map(DataSet.init))
        }
        facets = FacetTotal.complete(federation.sites.compactMap(\.card)).map { FacetView($0, within: .everything, "") }
        hasFacets = !facets.isEmpty
    }
}

extension HoldingsView.DataSet {
    init(_ card: DataSetCard) {
        title = card.title
        description = card.description.isEmpty ? nil : card.description
        patients = CountText.text(card.counts.patients)
        studies = CountText.objects(card.counts.studies)
        images = CountText.objects(card.counts.images)
        let names = card.modalities.cells.map(\.value).filter { $0 != CohortFacet.notRecorded }
        modalities = names.isEmpty ? nil : names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
        years = card.years.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }
        updated = String(card.updated.prefix(10))
        threshold = card.threshold
        parts = card.dataSets.map(DataSetPartView.init)
        hasParts = !parts.isEmpty
        partsLabel = CountText.counted(parts.count, "data set", "data sets")
    }
}
