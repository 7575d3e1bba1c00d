import { testEveryScene } from "./support/everyScene.ts";
import { DESK } from "./support/looks.ts";

testEveryScene(DESK);
