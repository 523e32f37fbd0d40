import Curation
import DICOM
import Testing

@Suite("Errors of tables")
struct TableErrorTests {
    @Test("name the column that a short row ends at")
    func shortRow() {
        let error = Tables.error("id,sex,stage\nP1,F,II\nP2,F\n")
        #expect(error?.row == 3)
        #expect(error?.column == "stage")
    }

    @Test("name no column where the first row is a patient")
    func headless() {
        let error = Tables.error("P1,1950-01-02,Krzyzewski\nP2,1951-02-03\n")
        #expect(error?.row == 2)
        #expect(error?.column == nil)
        #expect(error?.description.contains("Krzyzewski") == false)
    }

    @Test("of rows hold no cell", arguments: ["P1,\"Krzyzewski\"x\n", "P1,Krzyzewski,F\n", "P1,\"Krzyzewski\n"])
    func cells(_ row: String) {
        let error = Tables.error("id,name\n" + row)
        #expect(error?.row == 2)
        #expect(error?.description.contains("Krzyz") == false)
    }
}
