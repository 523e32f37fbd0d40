/// Names of months in languages of Europe, as dates are written in them. Source: Unicode CLDR 46, months of the formatted
/// and the stand-alone date.
enum MonthNames {
    /// The names of one language in one width.
    struct Row: Sendable {
        let names: [String]
    }

    /// A row and the month in it, from 1.
    struct Match: Sendable {
        let row: Int
        let month: Int
    }

    /// All rows that have the name, folded; of several languages the first is taken.
    static func match(_ folded: String) -> Match? { table[folded] }

    /// The month's name in the row of another, in that one's case, and without accents where that has none though its
    /// language would write some.
    static func name(_ month: Int, in row: Int, like old: Substring) -> String {
        guard rows.indices.contains(row), rows[row].names.indices.contains(month - 1) else { return "" }
        var name = rows[row].names[month - 1]
        if old.utf8.allSatisfy({ $0 < 0x80 }), name.unicodeScalars.allSatisfy({ $0.value < 0x250 }) {
            name = LetterFolding.fold(name[...])
        }
        let hasLower = old.contains(where: \.isLowercase)
        if !hasLower, old.count > 1 { return name.uppercased() }
        guard let first = name.first else { return name }
        return (old.first?.isUppercase ?? false ? String(first).uppercased() : String(first).lowercased())
            + name.dropFirst()
    }

    private static let table: [String: Match] = {
        var table: [String: Match] = [:]
        for (index, row) in rows.enumerated() {
            for (month, name) in row.names.enumerated() {
                let folded = LetterFolding.fold(name[...])
                if table[folded] == nil { table[folded] = Match(row: index, month: month + 1) }
            }
        }
        return table
    }()

    private static let rows: [Row] = lines.split(separator: "\n").map {
        Row(names: $0.split(separator: " ").map(String.init))
    }

    private static let lines = """
        January February March April May June July August September October November December
        Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
        Jan Febr March April May June July Aug Sept Oct Nov Dec
        Januar Februar März April Mai Juni Juli August September Oktober November Dezember
        Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez
        Jänner Feber März April Mai Juni Juli August September Oktober November Dezember
        Januar Februar Maerz April Mai Juni Juli August September Oktober November Dezember
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        janv févr mars avr mai juin juil août sept oct nov déc
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        ene feb mar abr may jun jul ago sept oct nov dic
        enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre
        gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
        gen feb mar apr mag giu lug ago set ott nov dic
        janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
        jan fev mar abr mai jun jul ago set out nov dez
        januari februari maart april mei juni juli augustus september oktober november december
        jan feb mrt apr mei jun jul aug sep okt nov dec
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        sty lut mar kwi maj cze lip sie wrz paź lis gru
        styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
        januari februari mars april maj juni juli augusti september oktober november december
        januar februar marts april maj juni juli august september oktober november december
        januar februar mars april mai juni juli august september oktober november desember
        tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
        tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
        Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
        Ιαν Φεβ Μαρ Απρ Μαΐ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ
        Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος
        ledna února března dubna května června července srpna září října listopadu prosince
        leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
        januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
        január február marec apríl máj jún júl august september október november december
        január február március április május június július augusztus szeptember október november december
        ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
        ian feb mar apr mai iun iul aug sept oct nov dec
        януари февруари март април май юни юли август септември октомври ноември декември
        siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
        siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac
        januar februar marec april maj junij julij avgust september oktober november december
        jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
        janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
        sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
        січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        """
}
