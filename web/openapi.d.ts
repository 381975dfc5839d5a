// Made by `npm run openapi` from docs/openapi.json. Do not edit.

export interface paths {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who changed what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The media servers that are connected */
        get: operations["listClients"];
        put?: never;
        /** Connects a media server, after asking it who it is */
        post: operations["addClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One media server */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /** Forgets a media server; what it alone had is retired, what was watched there stays */
        delete: operations["removeClient"];
        options?: never;
        head?: never;
        /** Changes name, address, credentials or time zone; another address and other credentials are tried first */
        patch: operations["changeClient"];
        trace?: never;
    };
    "/api/v1/clients/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts an import; its run tells how it goes on */
        post: operations["importClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports of a media server, newest first */
        get: operations["listClientRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/unmatched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of a media server that could not be matched, with what they may be */
        get: operations["listUnmatched"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections/{id}/items/{itemId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a movie into a collection, or move it there */
        put: operations["putCollectionItem"];
        post?: never;
        /** Take a movie out of a collection */
        delete: operations["removeCollectionItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes for you, as it happens, as server-sent events */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/external-ids/{kind}/{provider}/{value}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The item that an id of imdb, tmdb, tvdb, musicbrainz … names */
        get: operations["getItemByExternalId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items of one kind, filtered and sorted */
        get: operations["listItems"];
        put?: never;
        /** Make an item */
        post: operations["createItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One item */
        get: operations["getItem"];
        put?: never;
        post?: never;
        /** Retire an item with all below it; nobody’s history is lost, and it can be restored */
        delete: operations["retireItem"];
        options?: never;
        head?: never;
        /** Change an item, or move it to another library */
        patch: operations["updateItem"];
        trace?: never;
    };
    "/api/v1/items/{id}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What hangs from an item, in order: seasons, episodes, albums, tracks, a collection’s movies, a library’s items */
        get: operations["listChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/disliked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that you dislike an item; it is no favourite then */
        put: operations["setDisliked"];
        post?: never;
        /** Take back that you dislike an item */
        delete: operations["unsetDisliked"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/external-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an item’s external ids */
        put: operations["setExternalIds"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/favourite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make an item of any kind a favourite; it is not disliked then */
        put: operations["setFavourite"];
        post?: never;
        /** Take an item from your favourites */
        delete: operations["unsetFavourite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the addresses of an item’s images */
        put: operations["setImages"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/opinion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you think of an item: favourite, disliked, on the watchlist, rating and review */
        get: operations["getOpinion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell where a player is in a movie, an episode, a track or a stream */
        put: operations["reportProgress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rate an item of any kind, review it, or both */
        put: operations["setRating"];
        post?: never;
        /** Take back your rating of an item and its review */
        delete: operations["clearRating"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a retired item back, with what was retired together with it */
        post: operations["restoreItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you know of an item: watched, where you left off, how often it was played */
        get: operations["getItemState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an item’s tags */
        put: operations["setTags"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/watched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark an item of any kind watched or unwatched; of a container, all that is in it now */
        put: operations["setWatched"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/watchlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put an item on your watchlist; it stays there when watched */
        put: operations["addToWatchlist"];
        post?: never;
        /** Take an item off your watchlist */
        delete: operations["removeFromWatchlist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Libraries by title */
        get: operations["listLibraries"];
        put?: never;
        /** Make a library */
        post: operations["createLibrary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Retire a library with all that stands in it; nobody’s history is lost, and it can be restored */
        delete: operations["retireLibrary"];
        options?: never;
        head?: never;
        /** Rename a library */
        patch: operations["updateLibrary"];
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are, on which device, and what you may */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/continue-watching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you are in the middle of, newest first */
        get: operations["listContinueWatching"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices you use, and how each shares with the others */
        get: operations["listMyDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices/{deviceUserId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a device or change how it shares */
        patch: operations["updateMyDevice"];
        trace?: never;
    };
    "/api/v1/me/disliked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you dislike, newest first */
        get: operations["listDisliked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/favourites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your favourites, newest first */
        get: operations["listFavourites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you played, newest first */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/next-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The episode to watch next in each series you follow, newest activity first */
        get: operations["listNextUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you rated, with your reviews */
        get: operations["listRatings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API tokens */
        get: operations["listMyTokens"];
        put?: never;
        /** Make an API token; it is shown this once */
        post: operations["createMyToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an API token back; what was recorded with it stays */
        delete: operations["deleteMyToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/watchlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you mean to watch, newest first */
        get: operations["listWatchlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the folders whose files are scanned */
        get: operations["listScanFolders"];
        put?: never;
        /** Add a folder to be scanned; the same path again gives the one that is there, and is a conflict when another library or kind is asked for */
        post: operations["addScanFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a folder: its files stay where they are, items without another copy are retired, all history is kept */
        delete: operations["forgetScanFolder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders/{id}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan a folder now; answers with the report when it is done */
        post: operations["scanFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items by the beginnings of the words of their title, best first, 200 at the most */
        get: operations["searchItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with name and password; the session comes as a cookie */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch to a managed user of yours; the way back is to sign in */
        post: operations["switchProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first admin is still to be made */
        get: operations["getSetup"];
        put?: never;
        /** Make the first admin and sign in */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where streams come from */
        get: operations["listStreamSources"];
        put?: never;
        /** Make a stream source */
        post: operations["createStreamSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users by name: everyone for an admin, else you and your managed users */
        get: operations["listUsers"];
        put?: never;
        /** Make a user (admins), or a managed user of your own */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Delete a user with all that is theirs; without confirm it only says what would be lost */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Change a name, password, role or what may be seen */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything needed is there */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Error
         * @description The request was not carried out.
         */
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "unavailable" | "internal";
                /** @description Each fault in what was sent, with the dotted path to it. */
                faults: {
                    message: string;
                    path: string;
                }[];
                /** @description What went wrong and what to do, for a person. */
                message: string;
                /** @description Names the request in the log. */
                requestId: string;
            };
        };
        /**
         * Item
         * @description A media item
         */
        Item: {
            /** @description Number within the series */
            absoluteNumber: number | null;
            /**
             * Format: date-time
             * @description When it came into the catalog
             */
            addedAt: string;
            /** @description Of tracks */
            albumTitle: string | null;
            /** @description Of albums and tracks */
            artistTitle: string | null;
            /** @description As its source has it: PG-13, FSK 16 … */
            contentRating: string | null;
            /** @description What only this kind has; empty for most kinds */
            details: {
                /** @description Of a stream */
                address?: string;
                /** @description Of a movie, in whole US dollars */
                budget?: number | null;
                /**
                 * @description What a library holds
                 * @enum {unknown}
                 */
                libraryKind?: "movies" | "series" | "music" | "streams";
                /** @description Of a movie, in whole US dollars */
                revenue?: number | null;
                /** @description Of a series */
                status?: ("continuing" | "ended" | "upcoming") | null;
                /** @description Where a stream comes from */
                streamSourceId?: number;
                /** @description Of a movie */
                tagline?: string | null;
            };
            /** @description Disc of a track */
            discNumber: number | null;
            /** @description Number within the season */
            episodeNumber: number | null;
            /** @description The last one, where several episodes are one item */
            episodeNumberEnd: number | null;
            externalIds: {
                /** @description imdb, tmdb, tvdb, musicbrainz … */
                provider: string;
                /** @description The name of the work there, as tt0133093 */
                value: string;
            }[];
            /** @description Id of a media item */
            id: number;
            images: {
                /** @description Where it is */
                address: string;
                /**
                 * @description What the image shows the item as
                 * @enum {unknown}
                 */
                role: "poster" | "backdrop" | "logo" | "thumb" | "banner" | "disc";
            }[];
            /**
             * @description What sort of item it is
             * @enum {unknown}
             */
            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
            /** @description The library it stands in; its own id for a library */
            libraryId: number;
            /** @description Title in the language it was made in */
            originalTitle: string | null;
            /** @description What it is about */
            overview: string | null;
            /** @description The season of an episode, the series of a season, the album of a track … */
            parentId: number | null;
            /** @description The same as an age, 0 to 21 */
            ratingLevel: number | null;
            /** @description Day it was first shown */
            releaseDate: string | null;
            /** @description Since when it has been gone */
            removedAt: string | null;
            /** @description The series of seasons and episodes, the artist of albums and tracks */
            rootId: number | null;
            /** @description Length in milliseconds */
            runtimeMs: number | null;
            /** @description 0 for specials */
            seasonNumber: number | null;
            /** @description Of seasons and episodes */
            seriesTitle: string | null;
            /** @description What lists by title are sorted by */
            sortTitle: string;
            /** @description Its copies on media servers */
            syncClients: {
                /** @description Id of a media server */
                clientId: number;
                /**
                 * @description What sort of media server it is
                 * @enum {unknown}
                 */
                clientType: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                /** @description Its own id of its copy */
                itemId: string;
            }[];
            tags: string[];
            /** @description Title */
            title: string;
            /** @description Number on the disc */
            trackNumber: number | null;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /** @description Year of release */
            year: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                cursor?: string;
                entityId?: number;
                /** @description Only changes of this sort of thing. */
                entityType?: string;
                limit?: number;
                /** @description Only what this user did. */
                userId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            action: "create" | "update" | "delete";
                            /** @description When, ISO 8601 in UTC. */
                            at: string;
                            /** @description Field → [before, after]; secrets are redacted. */
                            changes: {
                                [key: string]: unknown;
                            };
                            deviceName: string | null;
                            entityId: number;
                            entityType: string;
                            id: number;
                            reason: string | null;
                            userId: number | null;
                            /** @description null: the program itself, or the command line. */
                            userName: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            accounts: {
                                /** @description The device user that its activity is recorded by. */
                                deviceUserId: number;
                                id: number;
                                /**
                                 * @description Which way activity goes between this account and its person’s other devices.
                                 * @enum {string}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the media server calls this person. */
                                remoteName: string;
                                /** @description Whose account it is here. */
                                userId: number;
                            }[];
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Whether a password is kept; it is never shown. */
                            hasPassword: boolean;
                            id: number;
                            importedAt: string | null;
                            /**
                             * @description What sort of media server it is.
                             * @enum {string}
                             */
                            kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                            name: string;
                            serverVersion: string | null;
                            timeZone: string | null;
                            userName: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Such as http://192.168.1.5:8080. */
                    address: string;
                    /**
                     * @description By default loud: what is watched there is seen everywhere; one that was connected before keeps its own.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    /**
                     * @description What sort of media server it is.
                     * @enum {string}
                     */
                    kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                    /** @description What to call it here. */
                    name?: string;
                    /** @description Kept encrypted and never shown. */
                    password?: string;
                    /** @description IANA name, such as Europe/Berlin. */
                    timeZone?: string;
                    /** @description Whose account it is; by default the caller’s. */
                    userId?: number;
                    userName?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        client: {
                            accounts: {
                                /** @description The device user that its activity is recorded by. */
                                deviceUserId: number;
                                id: number;
                                /**
                                 * @description Which way activity goes between this account and its person’s other devices.
                                 * @enum {string}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the media server calls this person. */
                                remoteName: string;
                                /** @description Whose account it is here. */
                                userId: number;
                            }[];
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Whether a password is kept; it is never shown. */
                            hasPassword: boolean;
                            id: number;
                            importedAt: string | null;
                            /**
                             * @description What sort of media server it is.
                             * @enum {string}
                             */
                            kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                            name: string;
                            serverVersion: string | null;
                            timeZone: string | null;
                            userName: string | null;
                        };
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Such as http://192.168.1.5:8080. */
                    address?: string;
                    /** @description What to call it here. */
                    name?: string;
                    password?: string | null;
                    timeZone?: string | null;
                    userName?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    importClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @description Entries left to a person. */
                            ambiguous: number;
                            /** @description Entries for which an item was made. */
                            created: number;
                            /** @description Changes of watch state taken over. */
                            events: number;
                            /** @description Entries found among the items that were there. */
                            matched: number;
                            /** @description Entries whose id stands for another work than before. */
                            rematched: number;
                            /** @description Entries that are not there any more. */
                            removed: number;
                            /** @description Entries that the server told of. */
                            seen: number;
                            /** @description Entries that tell something else than last time. */
                            updated: number;
                        };
                        endedAt: string | null;
                        error: string | null;
                        id: number;
                        /** Format: date-time */
                        startedAt: string;
                        /**
                         * @description How it stands.
                         * @enum {string}
                         */
                        state: "running" | "done" | "failed";
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClientRuns: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            counts: {
                                /** @description Entries left to a person. */
                                ambiguous: number;
                                /** @description Entries for which an item was made. */
                                created: number;
                                /** @description Changes of watch state taken over. */
                                events: number;
                                /** @description Entries found among the items that were there. */
                                matched: number;
                                /** @description Entries whose id stands for another work than before. */
                                rematched: number;
                                /** @description Entries that are not there any more. */
                                removed: number;
                                /** @description Entries that the server told of. */
                                seen: number;
                                /** @description Entries that tell something else than last time. */
                                updated: number;
                            };
                            endedAt: string | null;
                            error: string | null;
                            id: number;
                            /** Format: date-time */
                            startedAt: string;
                            /**
                             * @description How it stands.
                             * @enum {string}
                             */
                            state: "running" | "done" | "failed";
                            warnings: string[];
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listUnmatched: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            candidates: {
                                id: number;
                                /**
                                 * @description What it is.
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                title: string;
                                year: number | null;
                            }[];
                            clientItemId: string;
                            id: number;
                            /**
                             * @description What it is.
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            path: string | null;
                            /** @description Why it could not be matched. */
                            reason: string;
                            title: string;
                            year: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putCollectionItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
                /** @description Id of a media item */
                itemId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description By default after the last */
                    position?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeCollectionItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
                /** @description Id of a media item */
                itemId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that was taken, to go on after it */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events for as long as the connection holds; shown is the JSON in `data` of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /**
                         * Format: date-time
                         * @description When it was recorded
                         */
                        at: string;
                        /** @description The item, as it was marked or played: a container stands for all that is in it */
                        itemId: number | null;
                        /**
                         * @description `ready`: told from here on; `progress`: a position moved; `state`: marked watched or unwatched; `play`: played to its end; `opinion`: a favourite, rating or the like; `reset`: load everything anew; `end`: the stream ends, come again. Also the name of the event.
                         * @enum {unknown}
                         */
                        kind: "ready" | "progress" | "state" | "play" | "opinion" | "reset" | "end";
                        /** @description Whether it was done on this device */
                        own: boolean;
                        /** @description Of `end`: the session is over, or this device or what may be seen was changed */
                        reason: ("signed_out" | "changed") | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItemByExternalId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What sort of item it is */
                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                provider: string;
                value: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listItems: {
        parameters: {
            query: {
                /** @description Come into the catalog since then */
                addedSince?: string;
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
                /** @description For this age; unrated ones are left out */
                maxRatingLevel?: number;
                /** @description Direction */
                order: "asc" | "desc";
                /** @description For admins: those that are retired instead, the last retired first */
                removed: boolean;
                /** @description What without a date or year comes last */
                sort: "title" | "added" | "released" | "year";
                /** @description With this tag of their own */
                tag?: string;
                /** @description Of this year */
                year?: number;
                /** @description Of this year or later */
                yearFrom?: number;
                /** @description Of this year or earlier */
                yearTo?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Item"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createItem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of an episode: its number within the series */
                    absoluteNumber?: number | null;
                    /** @description Of a stream: where it plays */
                    address?: string;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    budget?: number | null;
                    /** @description PG-13, FSK 16 …; null takes it away */
                    contentRating?: string | null;
                    /** @description Of a track */
                    discNumber?: number | null;
                    /** @description Of an episode */
                    episodeNumber?: number | null;
                    /** @description Of a double episode: its last number */
                    episodeNumberEnd?: number | null;
                    /**
                     * @description What sort of item to make
                     * @enum {unknown}
                     */
                    kind: "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                    /** @description Where it is to stand; by default in the oldest library of its kind */
                    libraryId?: number;
                    /** @description Title in the language it was made in; null takes it away */
                    originalTitle?: string | null;
                    /** @description What it is about; null takes it away */
                    overview?: string | null;
                    /** @description The series of a season, the season of an episode, the album of a track … */
                    parentId?: number;
                    /** @description As an age; by default made of the content rating; null takes it away */
                    ratingLevel?: number | null;
                    /** @description Day it was first shown; null takes it away */
                    releaseDate?: string | null;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    revenue?: number | null;
                    /** @description Length in milliseconds; null takes it away */
                    runtimeMs?: number | null;
                    /** @description Of a season; 0 for specials */
                    seasonNumber?: number | null;
                    /** @description By default made of the title */
                    sortTitle?: string;
                    /** @description Of a series; null takes it away */
                    status?: ("continuing" | "ended" | "upcoming") | null;
                    /** @description Of a stream: where it comes from */
                    streamSourceId?: number;
                    /** @description Of a movie; null takes it away */
                    tagline?: string | null;
                    /** @description Title */
                    title: string;
                    /** @description Of a track */
                    trackNumber?: number | null;
                    /** @description Year of release; null takes it away */
                    year?: number | null;
                };
            };
        };
        responses: {
            /** @description A media item */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retireItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of an episode: its number within the series */
                    absoluteNumber?: number | null;
                    /** @description Of a stream: where it plays */
                    address?: string;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    budget?: number | null;
                    /** @description PG-13, FSK 16 …; null takes it away */
                    contentRating?: string | null;
                    /** @description Of a track */
                    discNumber?: number | null;
                    /** @description Of an episode */
                    episodeNumber?: number | null;
                    /** @description Of a double episode: its last number */
                    episodeNumberEnd?: number | null;
                    /** @description Moves it there, with all that is below it */
                    libraryId?: number;
                    /** @description Title in the language it was made in; null takes it away */
                    originalTitle?: string | null;
                    /** @description What it is about; null takes it away */
                    overview?: string | null;
                    /** @description As an age; by default made of the content rating; null takes it away */
                    ratingLevel?: number | null;
                    /** @description Day it was first shown; null takes it away */
                    releaseDate?: string | null;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    revenue?: number | null;
                    /** @description Length in milliseconds; null takes it away */
                    runtimeMs?: number | null;
                    /** @description Of a season; 0 for specials */
                    seasonNumber?: number | null;
                    /** @description By default made of the title */
                    sortTitle?: string;
                    /** @description Of a series; null takes it away */
                    status?: ("continuing" | "ended" | "upcoming") | null;
                    /** @description Of a stream: where it comes from */
                    streamSourceId?: number;
                    /** @description Of a movie; null takes it away */
                    tagline?: string | null;
                    /** @description Title */
                    title?: string;
                    /** @description Of a track */
                    trackNumber?: number | null;
                    /** @description Year of release; null takes it away */
                    year?: number | null;
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listChildren: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Item"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setDisliked: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unsetDisliked: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setExternalIds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    externalIds: {
                        /** @description imdb, tmdb, tvdb, musicbrainz … */
                        provider: string;
                        /** @description The name of the work there, as tt0133093 */
                        value: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setFavourite: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unsetFavourite: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    images: {
                        /** @description Where it is */
                        address: string;
                        /**
                         * @description What the image shows the item as
                         * @enum {unknown}
                         */
                        role: "poster" | "backdrop" | "logo" | "thumb" | "banner" | "disc";
                    }[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOpinion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reportProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When that was; now when absent
                     */
                    at?: string;
                    /** @description Program that plays */
                    clientName?: string;
                    /** @description Length of the recording */
                    durationMs?: number;
                    /**
                     * @description What the player did; `progress` when absent
                     * @enum {unknown}
                     */
                    event?: "start" | "progress" | "pause" | "stop";
                    /** @description How it is played, as direct */
                    method?: string;
                    /** @description Where the player is */
                    positionMs: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether this report was at the end */
                        completed: boolean;
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setRating: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 0.5 to 10, in halves; null takes it back; absent: as it was */
                    rating?: number | null;
                    /** @description What you have to say of it; null takes it back; absent: as it was */
                    review?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clearRating: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    restoreItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItemState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tags: string[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setWatched: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When that happened; now when absent
                     */
                    at?: string;
                    /** @description Set watched or unwatched */
                    watched: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addToWatchlist: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeFromWatchlist: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listLibraries: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Item"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createLibrary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What a library holds
                     * @enum {unknown}
                     */
                    kind: "movies" | "series" | "music" | "streams";
                    /** @description Title */
                    title: string;
                };
            };
        };
        responses: {
            /** @description A media item */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retireLibrary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateLibrary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Title */
                    title: string;
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listContinueWatching: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            item: components["schemas"]["Item"];
                            /** @description Where it was left */
                            positionMs: number;
                            /**
                             * Format: date-time
                             * @description When it was left
                             */
                            reportedAt: string;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMyDevices: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateMyDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deviceUserId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string | null;
                    /**
                     * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether this request comes from it. */
                        current: boolean;
                        /** @description The user on this device. */
                        deviceUserId: number;
                        displayName: string | null;
                        /**
                         * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                         * @enum {string}
                         */
                        isolation: "silo" | "quiet" | "loud" | "shout";
                        kind: string;
                        lastConnectedAt: string | null;
                        /** @description The display name if there is one, else what the device calls itself. */
                        name: string;
                        reportedName: string;
                        /** @description Whose place on the device it is. */
                        userId: number;
                        userName: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listDisliked: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listFavourites: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Plays that began then or later */
                from?: string;
                /** @description Only items of this kind */
                kind?: "movie" | "episode" | "track" | "stream";
                /** @description Only items of this library */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
                /** @description Plays that began before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Program that played it */
                            clientName: string | null;
                            /** @description Whether it went to the end */
                            completed: boolean;
                            device: {
                                /** @description The user on that device */
                                deviceUserId: number;
                                /** @description Name of the device */
                                name: string;
                            };
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            /** @description When it was stopped; null: never told */
                            endedAt: string | null;
                            /** @description Id of the play */
                            id: number;
                            item: components["schemas"]["Item"];
                            /**
                             * Format: date-time
                             * @description When it was reported last
                             */
                            lastAt: string;
                            /** @description How it was played */
                            method: string | null;
                            /** @description Where it ended */
                            positionMs: number | null;
                            /**
                             * Format: date-time
                             * @description When it began
                             */
                            startedAt: string;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listNextUp: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description Newest activity in the series
                             */
                            activityAt: string;
                            after: {
                                /** @description Where it was watched; null: marked by hand, or unknown */
                                device: string | null;
                                /** @description Its number in the season */
                                episodeNumber: number | null;
                                /** @description Id of the episode */
                                itemId: number;
                                /** @description Its season; 0 for specials */
                                seasonNumber: number | null;
                                /** @description Its title */
                                title: string;
                                /**
                                 * Format: date-time
                                 * @description When it was watched
                                 */
                                watchedAt: string;
                            } | null;
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            item: components["schemas"]["Item"];
                            /** @description Where it was left, when it is in progress */
                            positionMs: number | null;
                            /**
                             * @description Why it is here: begun, or the first unwatched after `after`
                             * @enum {unknown}
                             */
                            reason: "in_progress" | "next";
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRatings: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
                /** @description Newest first, or best first */
                sort: "newest" | "rating";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMyTokens: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Its activity is recorded under this device. */
                            deviceUserId: number;
                            expiresAt: string | null;
                            id: number;
                            lastUsedAt: string | null;
                            name: string;
                            /**
                             * @description The most that the token may do.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createMyToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expiresAt?: string | null;
                    /**
                     * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    name: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Its activity is recorded under this device. */
                        deviceUserId: number;
                        expiresAt: string | null;
                        id: number;
                        lastUsedAt: string | null;
                        name: string;
                        /**
                         * @description The most that the token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** @description Shown this once and never again. */
                        token: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMyToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWatchlist: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listScanFolders: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Id of the scan folder */
                            id: number;
                            /** @description The library that its finds go to where the kinds agree */
                            libraryId: number;
                            /** @enum {unknown} */
                            libraryKind: "movies" | "series" | "music" | "streams";
                            /** @description Where it is on the machine that runs the program */
                            path: string;
                            /** @description When the newest scan began; null: never */
                            scannedAt: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addScanFolder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it mostly holds, instead of a library; left out: what its files look like
                     * @enum {unknown}
                     */
                    kind?: "movies" | "series";
                    /** @description The library to which its finds go where the kinds agree */
                    libraryId?: number;
                    /** @description An absolute path that exists where the program runs */
                    path: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Id of the scan folder */
                        id: number;
                        /** @description The library that its finds go to where the kinds agree */
                        libraryId: number;
                        /** @enum {unknown} */
                        libraryKind: "movies" | "series" | "music" | "streams";
                        /** @description Where it is on the machine that runs the program */
                        path: string;
                        /** @description When the newest scan began; null: never */
                        scannedAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    forgetScanFolder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the scan folder */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    scanFolder: {
        parameters: {
            query?: {
                /** @description Believe that most of its files were deleted on purpose */
                force?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the scan folder */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Items that are new */
                        added: number;
                        ambiguities: {
                            candidates: number[];
                            path: string;
                            reason: string;
                            title: string;
                        }[];
                        /** @description Files that may be of several items; the next scan tries again */
                        ambiguous: number;
                        /** @description Files whose content changed under the same name */
                        changed: number;
                        /** @description All faults; the list holds the first of them */
                        faultCount: number;
                        faults: {
                            message: string;
                            path: string;
                        }[];
                        /** @description Video files found */
                        files: number;
                        /** @description Items that were known and got a file */
                        matched: number;
                        /** @description Files that were known elsewhere; they keep their items */
                        moved: number;
                        /** @description Items whose NFO file was newer than the last scan */
                        renewed: number;
                        /** @description Items that went away with their last copy */
                        retired: number;
                        /** @description Files that went away and came back */
                        revived: number;
                        /** @description Files as they were */
                        unchanged: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    searchItems: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Rows at the most */
                limit: number;
                /** @description What to look for */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Item"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device?: {
                        /** @description A random text that the device keeps, so that it is known again. */
                        key: string;
                        /** @enum {string} */
                        kind?: "browser" | "tv" | "phone" | "tablet" | "computer" | "other";
                        name: string;
                    };
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    switchProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        needed: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device?: {
                        /** @description A random text that the device keeps, so that it is known again. */
                        key: string;
                        /** @enum {string} */
                        kind?: "browser" | "tv" | "phone" | "tablet" | "computer" | "other";
                        name: string;
                    };
                    /** @description Unique, whatever its case. */
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listStreamSources: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Id of the stream source */
                            id: number;
                            /** @description What it is called; no two are called the same */
                            name: string;
                            /** @description Whether it can tell where one is; a live tuner cannot */
                            tracksProgress: boolean;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createStreamSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is called; no two are called the same */
                    name: string;
                    /** @description Whether it can tell where one is; a live tuner cannot */
                    tracksProgress: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the stream source */
                        id: number;
                        /** @description What it is called; no two are called the same */
                        name: string;
                        /** @description Whether it can tell where one is; a live tuner cannot */
                        tracksProgress: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    grants?: {
                        allowedTags?: string[] | null;
                        /** @description Whether unrated items are seen where there is a highest level. */
                        allowUnrated?: boolean;
                        /** @description Items with one of these tags are hidden. */
                        blockedTags?: string[];
                        libraries?: number[] | null;
                        maxRatingLevel?: number | null;
                        streamSources?: number[] | null;
                    };
                    /** @description A profile of your own without a password: you switch to it. */
                    managed?: boolean;
                    /** @description Unique, whatever its case. */
                    name: string;
                    password?: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: {
                /** @description The name of the user to be deleted. */
                confirm?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    grants?: {
                        allowedTags?: string[] | null;
                        /** @description Whether unrated items are seen where there is a highest level. */
                        allowUnrated?: boolean;
                        /** @description Items with one of these tags are hidden. */
                        blockedTags?: string[];
                        libraries?: number[] | null;
                        maxRatingLevel?: number | null;
                        streamSources?: number[] | null;
                    };
                    /** @description Unique, whatever its case. */
                    name?: string;
                    oldPassword?: string;
                    password?: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "healthy";
                    };
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each part of the house; told only to admins. */
                        checks?: {
                            name: string;
                            reason: string | null;
                            state: "healthy" | "degraded" | "unhealthy";
                            tookMs: number;
                        }[];
                        state: "healthy" | "degraded" | "unhealthy";
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each part of the house; told only to admins. */
                        checks?: {
                            name: string;
                            reason: string | null;
                            state: "healthy" | "degraded" | "unhealthy";
                            tookMs: number;
                        }[];
                        state: "healthy" | "degraded" | "unhealthy";
                    };
                };
            };
        };
    };
}
