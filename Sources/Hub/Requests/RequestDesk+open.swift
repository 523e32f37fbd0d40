import Governance
import Logging
import Runtime

extension RequestDesk {
    /// Opens what a hub knows of requests. Its form and its rules are files that the operator may write.
    static func open(
        in folder: HubFolder, configuration: HubConfiguration, identities: Identities, files: any FileSystem,
        logger: Logger
    ) throws -> RequestDesk {
        try files.createDirectory(folder.access, mode: 0o700)
        func text(_ name: String) throws -> String? {
            let path = FilePath.join(folder.access, name)
            guard try files.exists(path) else { return nil }
            return String(decoding: try files.read(path, limit: 1 << 20), as: UTF8.self)
        }
        let form: AccessForm
        do {
            form = try AccessForm(yaml: try text("form.yaml") ?? builtInForm)
        } catch let error as FormError {
            throw HubError.accessFile(name: "form.yaml", reason: error.description)
        }
        let access: AccessRules
        do {
            access = try AccessRules(yaml: try text("rules.yaml") ?? "")
        } catch let error as FormError {
            throw HubError.accessFile(name: "rules.yaml", reason: error.description)
        }
        return RequestDesk(
            store: try RequestStore(path: FilePath.join(folder.access, "requests.sqlite"), files: files),
            shelf: AttachmentShelf(folder: FilePath.join(folder.access, "files"), files: files), form: form,
            access: access, identities: identities,
            mail: MailRoom(
                settings: configuration.mail, folder: FilePath.join(folder.access, "outbox"), files: files,
                address: configuration.publicAddress, federation: configuration.name),
            logger: logger)
    }

    /// The form that comes with the program.
    static var builtInForm: String { String(decoding: PackageResources.access_form_yaml, as: UTF8.self) }
}
