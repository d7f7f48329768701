import { defineConfig } from 'vitest/config';

const conditions = ['@hedge-telemetry/source', 'node', 'import', 'default'];

const environment = { BINANCE_TESTNET: '1', DRY_RUN: '1', EXECUTOR_ONCE: '1' };

function project(name: string, include: string[], env: Record<string, string> = {}) {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: { name, include, env, testTimeout: 60_000, hookTimeout: 60_000, deps: { interopDefault: false } },
  };
}

export default defineConfig({
  test: {
    // Many tests wait for processes of their own, so that a worker less than there are cores leaves one idle.
    maxWorkers: '100%',
    projects: [
      project('unit', [
        'packages/*/src/**/*.test.ts',
        'packages/dashboard/page/src/**/*.test.ts',
        'packages/*/test/browser/*.test.ts',
        'codegen/src/**/*.test.ts',
      ]),
      project('contract', ['test/**/*.test.ts'], environment),
    ],
  },
});
