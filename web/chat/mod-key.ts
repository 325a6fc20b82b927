/** What the key beside the space bar is called here, before the letter that is pressed with it. */
export const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl ';
