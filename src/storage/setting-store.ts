/** Small installation-wide settings, by name. */
export interface SettingStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /** Sets it only if it has no value yet; answers the value that is stored afterwards. */
  setOnce(name: string, value: string): Promise<string>;
}
