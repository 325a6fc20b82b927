/** The header in which the HTTP floor hands over where a request comes from; whatever a caller sent in it is gone. */
export const CLIENT_ADDRESS_HEADER = 'x-turnpike-client-address';
