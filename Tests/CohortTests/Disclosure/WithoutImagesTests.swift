import Cohort
import Testing

@Suite("Patients of whom a site has no images")
struct WithoutImagesTests {
    private let rule = DisclosureRule.standard

    @Test("do not lend their number to the images of a few")
    func few() {
        let site = Counts(patients: 200, studies: 150, series: 300, images: 9000, withoutImages: 50)
        // 100 patients, of whom two have images.
        let cohort = Counts(patients: 100, studies: 3, series: 7, images: 411, withoutImages: 98)
        let shown = rule.protect(cohort, of: site)
        #expect(shown.patients == .exact(100))
        #expect([shown.studies, shown.series, shown.images].allSatisfy { $0.exactly == nil })
    }

    @Test("leave the numbers of many images as they are")
    func many() {
        let site = Counts(patients: 200, studies: 150, series: 300, images: 9000, withoutImages: 50)
        let cohort = Counts(patients: 100, studies: 90, series: 120, images: 4000, withoutImages: 20)
        #expect(rule.protect(cohort, of: site).images == .exact(4000))
    }

    @Test("a cohort of nearly everybody claims no images for those who have none")
    func nearlyAll() {
        let site = Counts(patients: 200, studies: 10, series: 10, images: 10, withoutImages: 190)
        let shown = rule.protect(
            Counts(patients: 199, studies: 10, series: 10, images: 10, withoutImages: 189), of: site)
        #expect(shown.patients == .moreThan(195))
        #expect(shown.studies == .fewerThan(100))
    }
}
