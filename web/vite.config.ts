import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** In development the pages come from Vite and everything else from a running server. */
const SERVER = 'http://127.0.0.1:7070';

export default defineConfig({
  plugins: [react()],
  build: {
    // Today's browsers: nothing of light-dark(), oklch(from …) or top-level await is rewritten.
    target: 'esnext',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': SERVER, '/v1': SERVER } },
});
