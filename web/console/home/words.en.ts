export const en = { title: 'Home' };
export type HomeWords = typeof en;
