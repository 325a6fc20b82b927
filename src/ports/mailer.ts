/** A letter as it leaves: plain text, and the same once more as HTML. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Why a letter did not leave. */
export type MailFault =
  | 'unreachable' // no connection to the mail server
  | 'timed-out'
  | 'not-trusted' // no TLS where it is needed, or a certificate that cannot be believed
  | 'not-signed-in' // the mail server refuses the user or the password
  | 'refused' // the mail server does not take this letter
  | 'busy' // the mail server asks to come again later
  | 'not-writable'; // the folder of letters

export interface MailFailure {
  readonly fault: MailFault;
  /** The mail server's code, such as `550 5.7.1`. Never its words, which may repeat what was sent. */
  readonly answer: string;
}

/** Letters to people, as the lower floors hand them over. */
export interface Mailer {
  /** `folder`: there is no mail server, and letters are files for the operator of this machine. */
  readonly kind: 'server' | 'folder';
  /** Where letters go, as it may be shown: `smtp.example.com:587`, or a path. */
  readonly place: string;
  /** Takes a letter along and waits for nothing. What cannot be sent after a few tries is logged and gone. */
  post(mail: Mail): void;
  /** Sends one letter now, once, and says what came of it. */
  deliver(mail: Mail): Promise<'sent' | MailFailure>;
  /** Whether letters can leave, without sending one. */
  check(): Promise<'ready' | MailFailure>;
  /** Sends what still waits, for a moment. */
  close(): Promise<void>;
}

/** Letters, and the server's name in them. */
export interface LetterOffice {
  readonly mailer: Mailer;
  readonly host: string;
}

/** Whether letters reach people, and do not only lie in a folder of the operator's. */
export function hasMail({ mail }: { readonly mail: LetterOffice | undefined }): boolean {
  return mail?.mailer.kind === 'server';
}
