/// The months' names and their short forms in the languages of Europe, folded.
enum MonthWords {
    /// The month whose name begins there, and where it ends.
    static func month(_ text: Span<UInt8>, from start: Int, in range: Range<Int>) -> (number: Int, end: Int)? {
        var end = start
        var packed: UInt64 = 0
        while end < range.upperBound, end - start <= longest {
            let byte = TextFolding.ascii[Int(text[end])]
            guard byte != TextFolding.separator, !TextFolding.isDigit(byte) else { break }
            if end - start < 8 { packed = packed << 8 | UInt64(byte) }
            end += 1
        }
        guard end - start >= 3, end - start <= longest, let number = numbers[packed] else { return nil }
        return (number, end)
    }

    /// The month whose name stands before, with separators or none between.
    static func month(_ text: Span<UInt8>, before end: Int, in range: Range<Int>) -> Int? {
        var last = end
        while last > range.lowerBound, end - last < 3, TextFolding.isSeparator(text[last - 1]) { last -= 1 }
        var start = last
        while start > range.lowerBound, last - start <= longest, !TextFolding.isSeparator(text[start - 1]),
            !TextFolding.isDigit(text[start - 1])
        {
            start -= 1
        }
        return month(text, from: start, in: start..<last)?.number
    }

    /// Whether the word stands there, and no letter behind it.
    static func stands(_ word: String, _ text: Span<UInt8>, _ start: Int, in range: Range<Int>) -> Bool {
        var index = start
        for byte in word.utf8 {
            guard index < range.upperBound, TextFolding.ascii[Int(text[index])] == byte else { return false }
            index += 1
        }
        guard index < range.upperBound else { return true }
        return TextFolding.isSeparator(text[index]) || TextFolding.isDigit(text[index])
    }

    private static let longest = 24

    /// By the first eight bytes of a name.
    private static let numbers: [UInt64: Int] = {
        var numbers: [UInt64: Int] = [:]
        for (index, names) in names.enumerated() {
            for name in names.split(separator: " ") {
                let packed = TextFolding.folded(name).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                numbers[packed] = index + 1
            }
        }
        return numbers
    }()

    // English, German, French, Spanish, Catalan, Italian, Portuguese, Dutch, Swedish/Danish/Norwegian, Polish, Czech,
    // Croatian, Romanian, Hungarian, Finnish, Lithuanian, Greek, Russian/Bulgarian.
    private static let names = [
        "january jan januar janner jänner janvier janv enero ene gener gen gennaio janeiro januari stycznia styczen sty ledna leden siječnja ianuarie ian január tammikuuta tammikuu sausio ιανουαρίου ιανουάριος ιαν января январь януари янв",
        "february feb februar febr feber février fevrier fév febrero febrer febbraio fevereiro fev februari lutego luty lut února unor veljače februarie február helmikuuta helmikuu vasario φεβρουαρίου φεβρουάριος φεβ февраля февраль февруари фев",
        "march mar märz maerz mrz mär mars marzo març març marc março maart mrt marts marca marzec brezna března ožujka martie március maaliskuuta maaliskuu kovo μαρτίου μάρτιος μαρ марта март мар",
        "april apr avril avr abril abr aprile kwietnia kwiecien kwi dubna duben travnja aprilie április huhtikuuta huhtikuu balandzio απριλίου απρίλιος απρ апреля апрель април апр",
        "may mai mayo maig maggio mag maio mei maj maja května kveten svibnja május toukokuuta toukokuu geguzes μαΐου μάιος μαι мая май",
        "june jun juni juin junio juny giugno giu junho czerwca czerwiec cze června cerven lipnja iunie június kesäkuuta kesakuu birzelio ιουνίου ιούνιος ιουν июня июнь юни июн",
        "july jul juli juillet juil julio juliol luglio lug julho lipca lipiec lip července cervenec srpnja iulie július heinäkuuta heinakuu liepos ιουλίου ιούλιος ιουλ июля июль юли июл",
        "august aug août aout agosto ago agost augusto augustus augusti sierpnia sierpien sie srpna srpen kolovoza augusztus elokuuta elokuu rugpjucio αυγούστου αύγουστος αυγ августа август авг",
        "september sep sept septembre septiembre setembre set settembre setembro wrzesnia wrzesien wrz září zari rujna septembrie szeptember syyskuuta syyskuu rugsejo σεπτεμβρίου σεπτέμβριος σεπ сентября сентябрь септември сен",
        "october oct oktober okt octobre octubre ottobre ott outubro out october października pazdziernik paz října rijen listopada octombrie október lokakuuta lokakuu spalio οκτωβρίου οκτώβριος οκτ октября октябрь октомври окт",
        "november nov novembre noviembre novembro listopad lis listopadu studenoga noiembrie marraskuuta marraskuu lapkricio νοεμβρίου νοέμβριος νοε ноября ноябрь ноември ноя",
        "december dec dezember dez décembre decembre déc diciembre dic desembre des dicembre dezembro desember grudnia grudzien gru prosince prosinec prosinca decembrie joulukuuta joulukuu gruodzio δεκεμβρίου δεκέμβριος δεκ декабря декабрь декември дек",
    ]
}
