/** The whole catalogue is one answer: a page of one model looks for it in there. */
export const CATALOGUE_PATH = '/operator/catalogue';

/** A model in the API. Its name may have slashes. */
export function modelPath(modelId: string): string {
  return `${CATALOGUE_PATH}/${encodeURIComponent(modelId)}`;
}

export function modelPage(modelId: string): string {
  return `/console/catalogue/${encodeURIComponent(modelId)}`;
}
