export const SETTINGS_PATH = '/operator/settings';
