import Curation
import Testing

/// Expected days are counted with Python's datetime: 70 days before 17 March 2024 is 7 January 2024.
@Suite("Dates in free text")
struct DateFinderTests {
    private func moved(_ text: String, days: Int = -70) -> String {
        TextCleaner().clean(text, known: KnownIdentifiers(), shift: DateShift(days: days))?.text ?? ""
    }

    @Test(
        "a date is written as it was, in its own language",
        arguments: [
            ("CT 20240317", "CT 20240107"), ("CT 17032024", "CT 07012024"), ("at 20240317081500", "at 20240107081500"),
            ("2024-03-17T08:15:00", "2024-01-07T08:15:00"), ("20240317T0815", "20240107T0815"),
            ("CT 2024-03-17", "CT 2024-01-07"), ("CT 2024/03/17", "CT 2024/01/07"), ("CT 17-03-2024", "CT 07-01-2024"),
            ("vom 17. 3. 2024", "vom 7. 1. 2024"), ("CT 3/17/2024", "CT 1/7/2024"), ("on 17.03.24", "on 07.01.24"),
            ("17MAR2024", "07JAN2024"), ("17-Mar-24", "7-Jan-24"), ("MAR 2024", "JAN 2024"), ("03/2024", "01/2024"),
            ("2024-03", "2024-01"), ("March 17th, 2024", "January 7th, 2024"),
            ("21st of March 2024", "11th of January 2024"),
            ("17 MARCH 2024", "7 JANUARY 2024"), ("17. März 2024", "7. Januar 2024"),
            ("17 Maerz 2024", "7 Januar 2024"),
            ("17 mars 2024, scanner", "7 janvier 2024, scanner"), ("17 de marzo de 2024", "7 de enero de 2024"),
            ("17 de março de 2024", "7 de janeiro de 2024"), ("17 maart 2024", "7 januari 2024"),
            ("17 marca 2024", "7 stycznia 2024"), ("17 Μαρτίου 2024", "7 Ιανουαρίου 2024"),
            ("17. března 2024", "7. ledna 2024"), ("17. maaliskuuta 2024", "7. tammikuuta 2024"),
            ("17 март 2024", "7 януари 2024"), ("2024. március 17.", "2024. január 7."),
            ("17 martie 2024", "7 ianuarie 2024"),
            ("17. ožujka 2024", "7. siječnja 2024"), ("17. marts 2024", "7. januar 2024"),
            ("2024年3月17日", "2024年1月7日"), ("2024년 3월 17일", "2024년 1월 7일"),
        ])
    func forms(text: String, expected: String) {
        #expect(moved(text) == expected)
    }

    /// 3 April 2024 less 70 days is 24 January; read the other way it would be 4 March, and 25 December 2023 before it.
    @Test("a date that may be read both ways is read with the day first")
    func ambiguous() {
        #expect(moved("03/04/2024") == "24/01/2024")
    }

    @Test("a day and a month without a year go")
    func noYear() {
        #expect(moved("follow up of 17 March with contrast") == "follow up of with contrast")
    }

    @Test(
        "what is no date stays",
        arguments: [
            "b 0-50-800", "TR/TE 2000/10", "1.25x0.625", "3.0.12", "5-10-15", "08:15:30", "1-2-3", "10/20/30/40",
            "30.02.2024 mm",
            "T1 1.5", "matrix 256/256/32",
        ])
    func noDates(text: String) {
        #expect(moved(text) == text)
    }

    @Test("without a shift all dates go")
    func noShift() {
        let cleaned = TextCleaner().clean("prior CT of 17 March 2024 normal", known: KnownIdentifiers(), shift: nil)
        #expect(cleaned?.text == "prior CT of normal")
        #expect(cleaned?.moved == 1)
    }

    @Test("what is kept as it is has its dates moved, and its people taken out")
    func scrubbed() {
        let cleaner = TextCleaner()
        #expect(
            cleaner.scrub("Xyzzy 17.03.2024 by Dr. Smith", known: KnownIdentifiers(), shift: DateShift(days: -70))
                == "Xyzzy 07.01.2024 by Dr")
        #expect(cleaner.scrub("Xyzzy 17.03.2024, ok", known: KnownIdentifiers()) == "Xyzzy 17.03.2024, ok")
    }
}
