import Runtime

extension HubConfiguration {
    /// How the hub sends mail.
    public struct Mail: Sendable, Equatable {
        /// The address that mails come from.
        public var from: String
        /// A program by its full path, and what to start it with. It takes a mail on its input and finds the recipient in
        /// the mail, as `msmtp -t` and `sendmail -t -i` do.
        public var command: [String]

        public init(from: String, command: [String]) {
            self.from = from
            self.command = command
        }

        var domain: String { from.split(separator: "@").last.map(String.init) ?? "localhost" }

        var template: String {
            "mail:\n  from: \(Settings.quoted(from))\n  command: [\(command.map(Settings.quoted).joined(separator: ", "))]"
        }

        init?(_ settings: inout Settings) throws(SettingsError) {
            guard var section = try settings.section("mail") else { return nil }
            guard let from = try section.text("from"), MailText.isAddress(from) else {
                throw SettingsError("`mail.from` should be the address that mails come from")
            }
            guard let command = try section.list("command"), command.first?.hasPrefix("/") == true else {
                throw SettingsError("`mail.command` should be a program by its full path, as in [/usr/bin/msmtp, -t]")
            }
            try section.finish()
            self.init(from: from, command: command)
        }
    }
}
