export default {
  title: "Recipes",
  url: "https://docs.example",
  baseUrl: "/",
  scripts: [{ src: "https://why403.example/why403.js", type: "module" }],
  plugins: [["@docusaurus/plugin-content-docs", { routeBasePath: "/", sidebarPath: undefined }]],
  themes: ["@docusaurus/theme-classic"],
};
