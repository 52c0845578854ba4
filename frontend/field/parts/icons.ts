/** The icons of the phone, each drawn in once: Tabler's outlines, as in the office. */

import alert from "@tabler/icons/outline/alert-triangle.svg?raw";
import back from "@tabler/icons/outline/arrow-left.svg?raw";
import calendar from "@tabler/icons/outline/calendar-due.svg?raw";
import camera from "@tabler/icons/outline/camera.svg?raw";
import certificate from "@tabler/icons/outline/certificate.svg?raw";
import next from "@tabler/icons/outline/chevron-right.svg?raw";
import check from "@tabler/icons/outline/circle-check.svg?raw";
import cross from "@tabler/icons/outline/circle-x.svg?raw";
import clock from "@tabler/icons/outline/clock.svg?raw";
import coin from "@tabler/icons/outline/coin.svg?raw";
import device from "@tabler/icons/outline/device-mobile.svg?raw";
import download from "@tabler/icons/outline/download.svg?raw";
import home from "@tabler/icons/outline/home.svg?raw";
import hourglass from "@tabler/icons/outline/hourglass.svg?raw";
import info from "@tabler/icons/outline/info-circle.svg?raw";
import key from "@tabler/icons/outline/key.svg?raw";
import language from "@tabler/icons/outline/language.svg?raw";
import lens from "@tabler/icons/outline/list-check.svg?raw";
import lock from "@tabler/icons/outline/lock.svg?raw";
import signOut from "@tabler/icons/outline/logout.svg?raw";
import menu from "@tabler/icons/outline/menu-2.svg?raw";
import message from "@tabler/icons/outline/message.svg?raw";
import pencil from "@tabler/icons/outline/pencil.svg?raw";
import picture from "@tabler/icons/outline/photo.svg?raw";
import refresh from "@tabler/icons/outline/refresh.svg?raw";
import school from "@tabler/icons/outline/school.svg?raw";
import search from "@tabler/icons/outline/search.svg?raw";
import send from "@tabler/icons/outline/send.svg?raw";
import settings from "@tabler/icons/outline/settings.svg?raw";
import trash from "@tabler/icons/outline/trash.svg?raw";
import user from "@tabler/icons/outline/user.svg?raw";
import addUser from "@tabler/icons/outline/user-plus.svg?raw";
import users from "@tabler/icons/outline/users.svg?raw";

/** Name → the inside of its SVG. */
const FILES = {
  "add-user": addUser,
  alert,
  back,
  calendar,
  camera,
  certificate,
  check,
  clock,
  coin,
  cross,
  device,
  download,
  home,
  hourglass,
  info,
  key,
  language,
  list: lens,
  lock,
  menu,
  message,
  next,
  pencil,
  picture,
  refresh,
  school,
  search,
  send,
  settings,
  "sign-out": signOut,
  trash,
  user,
  users,
};

export type IconName = keyof typeof FILES;

export const drawing = (name: IconName): string => {
  const svg = FILES[name];
  return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
};
