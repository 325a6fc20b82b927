/** An error in OpenAI's shape: what is wrong with the request, or why it cannot be served now. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** The field of the request that is at fault. */
  readonly parameter: string | null;

  constructor(status: number, code: string, message: string, parameter: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }

  toJSON(): object {
    const type = this.status < 500 ? 'invalid_request_error' : 'server_error';
    return { error: { message: this.message, type, param: this.parameter, code: this.code } };
  }
}

export function badField(parameter: string, why: string): ApiError {
  return new ApiError(400, 'invalid_value', `${parameter} ${why}`, parameter);
}

export function unsupported(parameter: string, what: string): ApiError {
  return new ApiError(
    400,
    'unsupported_parameter',
    `This small local model does not take ${what}.`,
    parameter,
  );
}
