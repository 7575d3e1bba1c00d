import { testEveryScene } from "./support/everyScene.ts";
import { PHONE } from "./support/looks.ts";

testEveryScene(PHONE);
