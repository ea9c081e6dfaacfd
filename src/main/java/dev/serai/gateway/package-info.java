/** The gateway: component: the HTTP server in front of the routes, on Vert.x event loops. */
@NullMarked
package dev.serai.gateway;

import org.jspecify.annotations.NullMarked;
