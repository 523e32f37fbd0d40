import Curation
import Testing

@Suite("Days of the calendar")
struct CivilDateTests {
    /// Days since 1970 from Python's `datetime.date.toordinal() - 719163`.
    @Test(
        "are counted as Python counts them",
        arguments: [
            ("00010101", -719_162), ("16000229", -135_081), ("19000228", -25_509), ("19700101", 0),
            ("20000229", 11_016), ("20240317", 19_799), ("99991231", 2_932_896),
        ])
    func days(text: String, days: Int) throws {
        let date = try #require(CivilDate(dicom: text))
        #expect(date.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days) == date)
        #expect(date.dicom == text)
    }

    @Test(
        "there are none that the calendar does not have",
        arguments: ["19000229", "20240431", "20241301", "2024031", ""])
    func none(text: String) {
        #expect(CivilDate(dicom: text) == nil)
    }

    @Test("come back from their number, over four centuries")
    func everyDay() {
        for days in stride(from: -146_097, through: 146_097, by: 1) {
            #expect(CivilDate(daysSince1970: days)?.daysSince1970 == days)
        }
    }
}
