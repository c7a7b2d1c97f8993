/** An error whose message is a sentence for the user, saying what is wrong and what to do. Never holds a secret. */
export class UserError extends Error {
  readonly code: string;
  /** The form field it is about. */
  readonly field: string | undefined;

  constructor(code: string, message: string, field?: string) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.field = field;
  }
}
