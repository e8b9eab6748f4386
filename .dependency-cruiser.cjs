/** The arrows between folders: who may import whom. One rule per folder; a folder not listed may import anything. */
const mayImport = {
  catalog: [],
  functions: ["catalog"],
  infra: ["catalog", "dashboards", "functions", "limits"],
  limits: [],
  policies: ["limits"],
  dashboards: ["catalog"],
  local: ["catalog", "functions", "dashboards"],
  cli: ["catalog", "functions", "dashboards", "local", "limits"],
};
const folders = Object.keys(mayImport);

/** Files of a folder that may be imported although the folder may not: what makes a cost basis of a stack file, without Pulumi. */
const mayImportFiles = { cli: ["infra/config\\.ts", "infra/source-plan\\.ts", "infra/cost-basis\\.ts"] };

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-orphan-dev-dependency",
      severity: "error",
      from: { path: `^(${folders.join("|")})/` },
      to: { dependencyTypes: ["npm-dev"], pathNot: "@types/" },
    },
    {
      name: "infra-knows-of-functions-only-how-to-bundle-and-set-them",
      severity: "error",
      from: { path: "^infra/" },
      to: { path: "^functions/", pathNot: "^functions/(bundle|transform/settings)\\.ts$" },
    },
    { name: "catalog-is-pure", severity: "error", from: { path: "^catalog/" }, to: { pathNot: "^catalog/" } },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { path: `^(${folders.join("|")})/` },
      to: { path: "^(tests|bench|docs|examples)/" },
    },
    ...folders.map((folder) => ({
      name: `arrows-of-${folder}`,
      severity: "error",
      from: { path: `^${folder}/` },
      to: {
        path: `^(${folders.join("|")})/`,
        pathNot: [
          `^(${[folder, ...mayImport[folder]].join("|")})/`,
          ...(mayImportFiles[folder] ?? []).map((file) => `^${file}$`),
        ],
      },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
